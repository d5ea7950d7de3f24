/** The window's own words. */

const table = `
en | es | fr | de
launch | Chat with us | Escríbanos | Écrivez-nous | Schreiben Sie uns
close | Close | Cerrar | Fermer | Schließen
unread | New messages | Mensajes nuevos | Nouveaux messages | Neue Nachrichten
restart | Start over | Empezar de nuevo | Recommencer | Neu beginnen
confirm | Clear this chat? | ¿Borrar este chat? | Effacer ce chat ? | Diesen Chat löschen?
keep | Keep | Conservar | Garder | Behalten
print | Print | Imprimir | Imprimer | Drucken
input | Your message | Su mensaje | Votre message | Ihre Nachricht
send | Send | Enviar | Envoyer | Senden
visitor | You | Usted | Vous | Sie
assistant | Assistant | Asistente | Assistant | Assistent
staff | Clinic team | Equipo de la clínica | Équipe du cabinet | Praxisteam
typing | is typing | está escribiendo | écrit | schreibt
slow | Still working on it | Seguimos en ello | La réponse arrive | Noch in Arbeit
sources | Where this comes from | De dónde viene esto | D’où cela vient | Woher das stammt
failed | Not sent yet | Aún sin enviar | Pas encore envoyé | Noch nicht gesendet
retry | Try again | Reintentar | Réessayer | Noch einmal
unreachable | We can’t be reached here now. Your words are kept. | Ahora no se nos alcanza aquí. Sus palabras se conservan. | Nous ne sommes pas joignables ici. Vos mots sont gardés. | Wir sind hier nicht erreichbar. Ihre Worte bleiben.
busy | One moment, it goes out by itself. | Un momento, saldrá solo. | Un instant, il part tout seul. | Einen Moment, sie geht von selbst hinaus.
renewed | A new conversation | Una conversación nueva | Une nouvelle conversation | Ein neues Gespräch
long | Up to 2,000 characters fit. You can send two messages. | Caben 2.000 caracteres. Puede enviar dos mensajes. | La limite est de 2 000 caractères. Vous pouvez envoyer deux messages. | 2.000 Zeichen passen hinein. Sie können zwei Nachrichten senden.
foot | Automated assistant. Not medical advice. | Asistente automático. No es consejo médico. | Assistant automatique. Pas un avis médical. | Automatischer Assistent. Kein ärztlicher Rat.
privacy | Privacy | Privacidad | Confidentialité | Datenschutz`;

const [languages, ...rows] = table.trim().split("\n").map((row) => row.split(" | "));

/** @type {LabelsFor} */
export function labelsFor(...tags) {
  const lang = tags.map((tag) => tag?.slice(0, 2)).find((tag) => languages.includes(tag)) ?? "en";
  const labels = { lang };
  for (const [name, ...words] of rows) labels[name] = words[languages.indexOf(lang)];
  return labels;
}
