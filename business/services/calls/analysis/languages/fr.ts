import { phraseList, wordSet, type LanguageWords } from './words.ts'

export const fr: LanguageWords = {
  stopWords: wordSet(`à ah ai aie ainsi alors allô appel appeler appelle appelez après as assez au aucun aucune aujourd'hui aussi autre autres aux avait avant avec avez avoir avons
    beaucoup bien bon bonjour bonne bonsoir c'est ça car ce ceci cela celle celui cependant ces cet cette chaque chez chose combien comme comment d'accord d'un d'une
    dans de déjà demain depuis des dessus deux dire dit dites dois doit donc du elle elles en encore enfin entre es est et étaient était été être eu eux faire fait faites
    faut fois font grand heure ici il ils j'ai j'aimerais j'y je jour jusque jusqu'à l'on la là le les leur leurs lui ma madame maintenant mais me même merci mes mieux moi moins
    moment mon monsieur n'ai n'est ne ni non nos notre nous on ont ou où oui par parce parler pas peu peut peut-être peux plus plutôt pour pourquoi pouvez pouvons prendre puis
    qu'il qu'elle qu'on quand que quel quelle quelles quelque quelques quels qui quoi revoir s'il sa sans sais se sera ses seulement si soit son sont sous souvent suis sur
    ta tant te temps tes toi ton toujours tous tout toute toutes très trop tu un une va vais veut veux voilà voir vos votre voulez vous vouloir vraiment vu y`),
  positive: phraseList(`parfait · super · génial · excellent · très bien · merveilleux · formidable · merci · avec plaisir · volontiers · intéressé · intéressée · ça m'intéresse · d'accord ·
    bien sûr · content · contente · ravi · ravie`),
  negative: phraseList(`énervé · énervée · mauvais · terrible · pas intéressé · pas intéressée · ça ne m'intéresse pas · laissez-moi tranquille · arnaque · plainte · trop cher · pas le temps ·
    dérangez · harcèlement · problème · déçu · déçue · assez`),
  phrases: {
    do_not_call: phraseList(`ne m'appelez plus · ne me rappelez plus · n'appelez plus · ne rappelez plus · arrêtez d'appeler · arrêtez de m'appeler · arrêtez de me déranger ·
      retirez-moi de votre liste · retirez moi de la liste · enlevez-moi de votre liste · supprimez mon numéro · effacez mon numéro · plus jamais m'appeler`),
    wrong_number: phraseList(`faux numéro · mauvais numéro · vous vous trompez · trompé de numéro · personne de ce nom · erreur de numéro`),
    not_interested: phraseList(`pas intéressé · pas intéressée · ne m'intéresse pas · non merci · pas besoin · je ne veux pas`),
    callback: phraseList(`rappelez-moi · rappelez plus tard · rappelez demain · plus tard · une autre fois · je conduis · au volant · pas le bon moment · me rappeler`),
    interested: phraseList(`ça m'intéresse · je suis intéressé · je suis intéressée · dites-m'en plus · envoyez-moi · j'aimerais bien · je voudrais bien · avec plaisir · oui s'il vous plaît · c'est intéressant`),
  },
  nextActions: {
    do_not_call: 'Ne plus appeler cette personne.', wrong_number: 'Corriger ou retirer le numéro.', callback: 'Rappeler quand cela conviendra.',
    interested: 'Relancer tant que l’intérêt est vif.',
  },
}
