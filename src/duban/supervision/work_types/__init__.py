"""Work types: what may be done to a case, by whom, on what terms. YAML with a schema, each rule dated and sourced."""
