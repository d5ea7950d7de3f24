"""What the visitor of these tests asks and presses, and words of the right answers."""

QUESTIONS = {
    "how does massage help with back pain?": "Many people find relief",
    "what is deep tissue massage?": "presses much harder",
    "how many people have back pain?": "65 million Americans",
    "what do endorphins do?": "natural substances that ease pain",
    "does massage help blood flow?": "Studies disagree about blood flow",
}
CHOICES = {
    "Help me pick a massage": "Where does it hurt most?",
    "Lower back": "What do you think brought it on?",
    "Lifting or straining": "how firm do you like the pressure?",
    "Firm": "I'd start with Deep tissue massage",
}
AFTERWARDS = {"Is it right for me?": "Massage isn't right for everyone"}
ARTICLE = "“How Can Massage Help Treat Back Pain”"
