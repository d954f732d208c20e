"""The window itself: the gate, the desk, navigation, locking, finding, Today."""
