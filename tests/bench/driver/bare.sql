-- One volunteer's cycle as bare SQL: take a review from the stock, read its thread, hold the tree, write the review,
-- count it, and close the task. Seven statements in two transactions, as the site's one request needs them at least.
\set person random(1, :people)
-- Not the last tenth: above a lot near the end there may be no task at all.
\set lot random(0, 899999)
SELECT id AS me FROM bench_people WHERE n = :person \gset
BEGIN;
WITH seat AS (
    SELECT id FROM tasks_task task
    WHERE status = 'open' AND kind = 'label_assistant_reply' AND lang = 'en' AND lot >= :lot / 1000000.0
      AND author_id IS DISTINCT FROM :me::uuid
      AND NOT EXISTS (SELECT FROM tasks_task met WHERE met.assignee_id = :me::uuid AND met.message_id = task.message_id
                      AND met.kind = task.kind AND met.version = task.version
                      AND met.status IN ('leased', 'done', 'skipped'))
    ORDER BY lot LIMIT 1 FOR UPDATE SKIP LOCKED)
UPDATE tasks_task SET status = 'leased', assignee_id = :me::uuid, leased_at = now(), expires_at = now() + interval '1 h'
FROM seat WHERE tasks_task.id = seat.id
RETURNING tasks_task.id AS task, tasks_task.message_id AS message, tasks_task.tree_id AS tree, tasks_task.version
\gset
WITH RECURSIVE thread AS (
    SELECT id, parent_id, text FROM trees_message WHERE id = :message::uuid
    UNION ALL
    SELECT above.id, above.parent_id, above.text FROM trees_message above JOIN thread ON above.id = thread.parent_id)
SELECT id, text FROM thread;
COMMIT;
BEGIN;
SELECT id FROM trees_tree WHERE id = :tree::uuid FOR NO KEY UPDATE;
INSERT INTO reviews_review (id, message_id, by_id, labels, mode, version, counts, created_at)
VALUES (uuidv7(), :message::uuid, :me::uuid, '{"spam": 0, "quality": 0.75, "lang_mismatch": 0}', 'full', :version, true, now())
ON CONFLICT DO NOTHING;
UPDATE trees_message SET review_count = review_count + 1 WHERE id = :message::uuid;
UPDATE tasks_task SET status = 'done', closed_at = now(), result = '{"review_id": "bare"}' WHERE id = :task::uuid;
COMMIT;
