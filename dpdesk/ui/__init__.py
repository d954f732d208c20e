"""The window: Qt Widgets built in code over services and domain."""
