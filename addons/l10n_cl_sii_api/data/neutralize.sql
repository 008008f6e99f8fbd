-- A copy for tests tells the programs of production nothing.
UPDATE l10n_cl_webhook SET active = false;
DELETE FROM l10n_cl_webhook_delivery WHERE state = 'pending';
