/**
 * Judges what a job has put into a topic: what is lost, doubled, out of order, wrong or visible too
 * early. The judgement is pure (records in, findings out); {@link
 * dev.weir.testing.audit.TopicAuditor} feeds it from Kafka. Confined to the calling thread.
 */
package dev.weir.testing.audit;
