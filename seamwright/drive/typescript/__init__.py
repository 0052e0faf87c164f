"""TypeScript files, held against a contract by the real compiler."""
