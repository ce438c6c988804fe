"""When somebody has to be told: rules over what is stored, as pure functions, and how what they find is merged and routed."""
