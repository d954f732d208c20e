"""Officer cards, packages in and out, destinations, the outbox and receipts."""
