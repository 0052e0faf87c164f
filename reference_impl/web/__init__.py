"""The web application: serves people."""
