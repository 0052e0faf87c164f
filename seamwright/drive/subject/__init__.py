"""Who is asked: the subject, how it is started and what it needs."""
