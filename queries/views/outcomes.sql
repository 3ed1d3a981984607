-- What became of the requests of each report, added up over the reasons.
-- adds_up is 1 where the outcomes make the printed total (rule B002), 0 where they do not, NULL where a figure is not known.
WITH sums AS (
  SELECT
    agency_id,
    year,
    granted_total AS granted,
    granted_part_total AS granted_part,
    refused_state_secret_total + refused_law_total + refused_security_total + refused_third_party_total
      + refused_internal_total + refused_process_total + refused_enforcement_total + refused_inquiry_total AS refused,
    unavailable_not_held_total + unavailable_not_compiled_total + unavailable_unclear_total AS unavailable,
    unprocessed_petition_total + unprocessed_duplicate_total + unprocessed_publication_total
      + unprocessed_excessive_total + unprocessed_reissue_total AS unprocessed,
    other_outcome_total AS other_outcome,
    closed_total AS closed
  FROM figures
)
SELECT
  agency_id,
  year,
  granted,
  granted_part,
  refused,
  unavailable,
  unprocessed,
  other_outcome,
  closed,
  CASE
    WHEN granted + granted_part + refused + unavailable + unprocessed + other_outcome = closed THEN 1
    WHEN granted + granted_part + refused + unavailable + unprocessed + other_outcome <> closed THEN 0
    ELSE NULL
  END AS adds_up
FROM sums
ORDER BY agency_id, year
