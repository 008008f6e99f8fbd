-- A copy for tests never speaks to an SII by itself: no address, no production, nothing on its way.

-- a name that never resolves stands in for all of the SII's hosts (RFC 2606)
INSERT INTO ir_config_parameter (key, value)
VALUES ('l10n_cl_sii.base_url', 'http://neutralized.invalid')
    ON CONFLICT (key) DO
       UPDATE SET value = EXCLUDED.value;

-- what was on its way stops where it is; what may have left is asked for first, if ever taken up
UPDATE l10n_cl_envio
   SET stopped_in = CASE state WHEN 'sending' THEN 'unknown' ELSE state END,
       state = 'exception',
       sii_text = 'Neutralised copy: nothing is sent from here.'
 WHERE state IN ('ready', 'sending', 'unknown', 'sent');
UPDATE l10n_cl_dte
   SET state = 'exception',
       sii_text = 'Neutralised copy: nothing is sent from here.'
 WHERE state IN ('signed', 'sent');
UPDATE account_move
   SET l10n_cl_dte_state = dte.state
  FROM l10n_cl_dte dte
 WHERE dte.id = account_move.l10n_cl_dte_id
   AND dte.state <> account_move.l10n_cl_dte_state;

-- nobody gets a mail from a copy
UPDATE l10n_cl_delivery
   SET state = 'dropped'
 WHERE state IN ('waiting', 'to_send', 'sending');
UPDATE l10n_cl_issuer
   SET mail_auto = false,
       exchange_auto = false;

-- the keys of production stay with production: those of its folios, of who signs, of providers and
-- programs; what is left is what certification signs with
UPDATE l10n_cl_caf SET key_id = NULL WHERE environment = 'production';
UPDATE certificate_certificate
   SET l10n_cl_key_id = NULL
 WHERE id IN (SELECT certificate_id FROM l10n_cl_issuer WHERE environment = 'production')
    OR id NOT IN (SELECT certificate_id
                    FROM l10n_cl_issuer
                   WHERE certificate_id IS NOT NULL);
UPDATE l10n_cl_rcv_provider
   SET token_id = NULL,
       link_token_id = NULL,
       webhook_secret_id = NULL;
DELETE FROM l10n_cl_vault
 WHERE id NOT IN (SELECT key_id FROM l10n_cl_caf WHERE key_id IS NOT NULL)
   AND id NOT IN (SELECT l10n_cl_key_id
                    FROM certificate_certificate
                   WHERE l10n_cl_key_id IS NOT NULL);

-- the folios of production stay with production
UPDATE l10n_cl_caf
   SET active = false
  FROM l10n_cl_issuer issuer
 WHERE issuer.id = l10n_cl_caf.issuer_id
   AND issuer.environment = 'production';
UPDATE l10n_cl_issuer
   SET environment = 'certification',
       resolution_number = 0,
       resolution_date = NULL,
       database_mark = NULL
 WHERE environment = 'production';
-- a mark of its own, the next time that anything runs
DELETE FROM ir_config_parameter
 WHERE key = 'l10n_cl_sii.mark';
UPDATE l10n_cl_issuer
   SET database_mark = NULL,
       to_examine = NULL,
       unreachable_since = NULL,
       unanswered = 0,
       boleta_unreachable_since = NULL,
       boleta_unanswered = 0;

-- providers of the register serve production alone
UPDATE l10n_cl_rcv_provider
   SET active = false;
