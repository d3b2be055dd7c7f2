/** What every box one types or picks in looks like: 36 px high, a border of 3:1, red when its value is wrong. */
export const controlClasses
  = 'h-9 w-full min-w-0 rounded-md border border-input bg-card px-3 text-sm text-foreground transition-colors placeholder:text-muted-foreground hover:border-muted-foreground focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-muted disabled:opacity-70 aria-invalid:border-failure aria-invalid:focus-visible:outline-failure'
