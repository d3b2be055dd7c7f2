-- How what a person types into a search is read, by every list that is searched.

-- What of a number that somebody wrote down is in its E.164 form, too: (0)30/90 18-20 and 0049 30 901820 lose their zeros
-- and all but their digits. Null for what is no number; with less than four digits it may as well be part of a name.
create function private.searched_digits(value text) returns text
language sql immutable set search_path = ''
return (select case when searched_digits.value ~ '^[\s\d+().\-/]+$' and length(d.digits) >= 4 then d.digits end
  from (select ltrim(regexp_replace(replace(searched_digits.value, '(0)', ''), '\D', '', 'g'), '0')) d (digits));

-- A search text as a LIKE pattern: lower case, with the person's % and _ taken literally, numbers in any notation.
create function private.search_pattern(value text) returns text
language sql immutable set search_path = ''
return '%' || replace(replace(replace(coalesce(private.searched_digits(search_pattern.value), lower(btrim(search_pattern.value))),
  '\', '\\'), '%', '\%'), '_', '\_') || '%';
