package dev.weir.internal.query;

import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.key.LeastKeys;
import dev.weir.internal.runtime.Execution;
import dev.weir.job.KeyQuery;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Asks all tasks of a stage for their first keys, each for one part of its key groups after the
 * other, and puts together what they give. A task is asked on once its last part is here, so it has
 * records in between. Thread-safe.
 */
final class KeyGathering<K, R> {
  private final Execution asked;
  private final String stage;
  private final KeyQuery<K, R> query;
  private final CompletableFuture<List<Map.Entry<K, R>>> answer;
  private final Executor io;
  private final NavigableMap<byte[], Map.Entry<K, R>> found = LeastKeys.inOrder();
  private int open;

  KeyGathering(
      Execution asked,
      String stage,
      KeyQuery<K, R> query,
      CompletableFuture<List<Map.Entry<K, R>>> answer,
      Executor io) {
    this.asked = asked;
    this.stage = stage;
    this.query = query;
    this.answer = answer;
    this.io = io;
  }

  /** Begins to ask. */
  void begin(KeyBounds bounds) {
    int tasks = asked.graph().parallelism();
    synchronized (this) {
      open = tasks;
    }
    for (int subtask = 0; subtask < tasks; subtask++) {
      ask(subtask, bounds, 0);
    }
  }

  private void ask(int subtask, KeyBounds bounds, int firstKeyGroup) {
    CompletableFuture<KeyPage<Map.Entry<K, R>>> part = new CompletableFuture<>();
    CompletionStage<KeyPage<Map.Entry<K, R>>> given = part;
    given.whenCompleteAsync((page, failure) -> take(subtask, bounds, page, failure), io);
    asked.query(stage, subtask, chain -> chain.keys(stage, query, bounds, firstKeyGroup), part);
  }

  private void take(
      int subtask, KeyBounds bounds, KeyPage<Map.Entry<K, R>> page, Throwable failure) {
    if (failure != null) {
      answer.completeExceptionally(failure);
    } else if (add(page)) {
      answer.complete(all());
    } else if (page.nextKeyGroup() != KeyPage.LAST && !answer.isDone()) {
      ask(subtask, bounds, page.nextKeyGroup());
    }
  }

  /** Whether that was all. */
  private synchronized boolean add(KeyPage<Map.Entry<K, R>> page) {
    found.putAll(page.found());
    while (found.size() > query.limit()) {
      found.pollLastEntry();
    }
    open -= page.nextKeyGroup() == KeyPage.LAST ? 1 : 0;
    return open == 0;
  }

  private synchronized List<Map.Entry<K, R>> all() {
    return List.copyOf(found.values());
  }
}
