"""The parts pages are made of; each keeps keyboard, contrast and accessible names right, so that pages need not."""
