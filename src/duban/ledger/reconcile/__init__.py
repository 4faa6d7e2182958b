"""An earlier report's promises beside what the next report says of them, with a verdict and both quotations."""

from duban.ledger.reconcile.rules import Rules, default_rules, load_rules
from duban.ledger.reconcile.settle import reconcile
from duban.ledger.reconcile.unannounced import Unannounced, unannounced

__all__ = ["Rules", "Unannounced", "default_rules", "load_rules", "reconcile", "unannounced"]
