/** The window's own words; what the assistant says comes from the server. */

const languages = ["en", "es", "fr", "de"];

const words = {
  launch: ["Chat with us", "Escríbanos", "Écrivez-nous", "Schreiben Sie uns"],
  close: ["Close", "Cerrar", "Fermer", "Schließen"],
  unread: ["New messages", "Mensajes nuevos", "Nouveaux messages", "Neue Nachrichten"],
  restart: ["Start over", "Empezar de nuevo", "Recommencer", "Neu beginnen"],
  confirm: ["Start over and clear this?", "¿Empezar de nuevo y borrar esto?", "Recommencer et tout effacer ?", "Neu beginnen und alles löschen?"],
  keep: ["Keep", "Conservar", "Garder", "Behalten"],
  print: ["Print", "Imprimir", "Imprimer", "Drucken"],
  input: ["Your message", "Su mensaje", "Votre message", "Ihre Nachricht"],
  send: ["Send", "Enviar", "Envoyer", "Senden"],
  visitor: ["You", "Usted", "Vous", "Sie"],
  assistant: ["Assistant", "Asistente", "Assistant", "Assistent"],
  staff: ["Clinic team", "Equipo de la clínica", "Équipe du cabinet", "Praxisteam"],
  typing: ["is typing", "está escribiendo", "écrit", "schreibt"],
  slow: ["Still working on it", "Seguimos en ello", "La réponse arrive", "Die Antwort kommt noch"],
  sources: ["Where this comes from", "De dónde viene esto", "D’où cela vient", "Woher das stammt"],
  waiting: ["Goes out when you are online", "Saldrá al volver la conexión", "Partira au retour du réseau", "Geht hinaus, sobald Sie online sind"],
  failed: ["Not sent yet", "Aún sin enviar", "Pas encore envoyé", "Noch nicht gesendet"],
  retry: ["Try again", "Reintentar", "Réessayer", "Noch einmal"],
  unreachable: ["We can’t be reached here right now. What you write is kept.", "Ahora no se nos alcanza aquí. Lo que escriba se conserva.", "Nous ne sommes pas joignables ici. Vos mots sont gardés.", "Wir sind hier gerade nicht erreichbar. Was Sie schreiben, bleibt."],
  call: ["Call", "Llamar:", "Appeler :", "Telefon:"],
  busy: ["One moment, your message goes out by itself.", "Un momento, su mensaje saldrá solo.", "Un instant, votre message partira tout seul.", "Einen Moment, Ihre Nachricht geht von selbst hinaus."],
  renewed: ["A new conversation was started", "Empezó una conversación nueva", "Une nouvelle conversation a commencé", "Ein neues Gespräch hat begonnen"],
  long: ["A message holds 2,000 characters. You can shorten it or send two.", "Un mensaje admite 2.000 caracteres. Puede acortarlo o enviar dos.", "Un message contient 2 000 caractères. Vous pouvez l’abréger ou en envoyer deux.", "Eine Nachricht fasst 2.000 Zeichen. Sie können sie kürzen oder zwei senden."],
  foot: ["Automated assistant. Not medical advice.", "Asistente automático. No es consejo médico.", "Assistant automatique. Pas un avis médical.", "Automatischer Assistent. Kein ärztlicher Rat."],
  privacy: ["Privacy", "Privacidad", "Confidentialité", "Datenschutz"],
};

/** @param {...string} tags wished languages, best first @returns {Labels} */
export function labelsFor(...tags) {
  const lang = tags.map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => languages.includes(tag)) ?? "en";
  const labels = { lang };
  for (const name in words) labels[name] = words[name][languages.indexOf(lang)];
  return labels;
}
