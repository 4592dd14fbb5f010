package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that logs in, whose rights are taken away, or whose password is changed, while it runs. */
@Timeout(180)
class RightsIT {
  private static final String USER = "clerk";
  private static final String PASSWORD = "canary-4711";
  private static final InputPlan PLAN = InputPlan.ofTotal(12_000);

  private static BrokerSettings at;
  private static EmbeddedBroker broker;
  private static TopicAdmin topics;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    at = BrokerSettings.forTests().secured();
    broker = new EmbeddedBroker(at);
    broker.start();
    topics = new TopicAdmin(broker.bootstrapServers());
    setPassword(PASSWORD);
  }

  @AfterAll
  static void end() {
    topics.close();
    broker.close();
  }

  @Tag("N33")
  @Test
  void shouldStopWhenItMayWriteNoMoreAndGoOnOnceItMayAgain() throws Exception {
    try (JobUnderTest job = secured()) {
      String output = job.settings().text(Setting.OUTPUT);
      List<AclBinding> rights = rightsOf(job);
      topics.client().createAcls(rights).all().get();
      ChildJvm child = underLoad(job);

      topics.client().deleteAcls(List.of(right(ResourceType.TOPIC, output).toFilter())).all().get();

      assertStops(child, job, "AuthorizationException", output);
      topics.client().createAcls(rights).all().get();
      job.finish();
      job.audit();
    }
  }

  @Tag("N33")
  @Test
  void shouldStopWhenItsPasswordIsChangedAndGoOnOnceItIsRightAgain() throws Exception {
    try (JobUnderTest job = secured()) {
      topics.client().createAcls(rightsOf(job)).all().get();
      ChildJvm child = underLoad(job);

      setPassword("canary-0815");

      assertStops(child, job, "AuthenticationException");
      setPassword(PASSWORD);
      job.finish();
      job.audit();
    }
  }

  private JobUnderTest secured() {
    Settings login =
        Settings.none()
            .with(Setting.SERVERS, "127.0.0.1:" + at.securedPort().getAsInt())
            .with(Setting.USER, USER)
            .with(Setting.PASSWORD, PASSWORD);
    return JobUnderTest.create(topics, folder, PLAN, login);
  }

  private static ChildJvm underLoad(JobUnderTest job) {
    job.load().upTo(PLAN.total() * 3 / 4).start(800);
    ChildJvm child = job.startChild(job.settings());
    child.awaitLine("COMPLETED 3", JobUnderTest.BOUND);
    return child;
  }

  /** At the first failure, though it may restart; it says why, and never a password. */
  private void assertStops(ChildJvm child, JobUnderTest job, String... why) throws IOException {
    assertThat(child.awaitLine("ENDED FAILED", Duration.ofSeconds(40))).contains(why);
    job.look();
    assertThat(child.lines()).noneMatch(line -> line.contains("canary"));
    Path file =
        folder.resolve("local/weir-" + job.settings().text(Setting.NAME) + "-suspended.txt");
    assertThat(Files.readString(file)).contains(why).doesNotContain("canary");
  }

  private static List<AclBinding> rightsOf(JobUnderTest job) {
    String name = job.settings().text(Setting.NAME);
    return List.of(
        right(ResourceType.TOPIC, job.settings().text(Setting.INPUT)),
        right(ResourceType.TOPIC, job.settings().text(Setting.OUTPUT)),
        right(ResourceType.TOPIC, "weir-ledger-" + name),
        right(ResourceType.GROUP, "*"),
        right(ResourceType.TRANSACTIONAL_ID, "weir-" + name + "-", PatternType.PREFIXED),
        right(ResourceType.CLUSTER, "kafka-cluster"));
  }

  private static AclBinding right(ResourceType type, String name) {
    return right(type, name, PatternType.LITERAL);
  }

  private static AclBinding right(ResourceType type, String name, PatternType pattern) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:" + USER, "*", AclOperation.ALL, AclPermissionType.ALLOW));
  }

  private static void setPassword(String password) throws ExecutionException, InterruptedException {
    ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4_096);
    topics
        .client()
        .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, kind, password)))
        .all()
        .get();
  }
}
