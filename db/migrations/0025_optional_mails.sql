-- Certificates were told in the group of the courses, and who wanted none of these mails gets none of them now either.
INSERT INTO email_opt_outs (user_id, "group")
SELECT user_id, 'certificates' FROM email_opt_outs WHERE "group" = 'learning'
ON CONFLICT DO NOTHING;
