"""Delivery under fire: every email that was accepted arrives exactly once, whatever breaks.

callers ──▶ worker (killed, restarted) ──▶ faults ──▶ Supabase, D1, SMTP ──▶ inboxes, counted
"""
