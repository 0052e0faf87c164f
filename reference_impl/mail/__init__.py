"""The mail servers: SMTP takes mail in, IMAP shows it."""
