/** Phrases with which assistants say, in a few languages, that a person takes over. */
const PHRASES = [
  /\b(hand|pass|transferr?|forward|escalat|connect|redirect|rout)(ing|ed|e|s)? (you|it|(this|your) ?(request|case|question|chat|conversation)?)( over| on)?\b[^.!?]{0,40}\b(colleague|human|person|agent|team|specialist|representative|support)\b/i,
  /\b(a|our|another) (colleague|human|specialist|representative|team member|support agent|team)\b[^.!?]{0,40}\b(will|can) (get back|reach out|contact|reply|help|take over|assist|be with)\b/i,
  /\b(kolleg(e|in|en)|mitarbeiter|mensch)\b[^.!?]{0,60}\b(übernimmt|meldet sich|weiter|übergebe|verbinde)|\b(verbinde|leite|übergebe)\b[^.!?]{0,60}\b(kolleg|mitarbeiter|team)/i,
  /\b(transf[eè]re|transmets|passe)\b[^.!?]{0,60}\b(collègue|conseiller|équipe|agent)/i,
  /\b(paso|transfiero|derivo|comunico)\b[^.!?]{0,60}\b(compañer|agente|equipo|persona)/i,
  /\b(passo|transfiro|encaminho|passerò|trasferisco|verbind|geef)\b[^.!?]{0,60}\b(colega|collega|equipe|team|agente|medewerker)/i,
];

/** Whether a reply hands over to a person. A guess: only how often it is made is compared. */
export function isHandover(message: string): boolean {
  return PHRASES.some((phrase) => phrase.test(message));
}
