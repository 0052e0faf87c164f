"""Supabase: PostgreSQL behind PostgREST, a role per service."""
