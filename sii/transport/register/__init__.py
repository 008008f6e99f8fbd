"""Who gives rows of the register: the SII's facade, the portal's reports of fees, a provider."""
