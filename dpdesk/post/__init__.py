"""Delivery by SMTP over verified TLS, one message and one recipient at a time. It opens connections and knows no database."""
