package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The certificate of a broker has expired when the job connects anew. */
@Timeout(180)
class CertificateIT {
  private static final InputPlan PLAN = InputPlan.ofTotal(6_000);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Tag("N33")
  @Test
  void shouldStopWhenTheBrokersCertificateHasExpiredAndGoOnOnceItIsReplaced() throws Exception {
    Path certificate = folder.resolve("broker.pem");
    put("certificate.pem", certificate);
    put("authority.pem", folder.resolve("authority.pem"));
    BrokerSettings settings = withTls(certificate);
    try (EmbeddedBroker broker = new EmbeddedBroker(settings)) {
      broker.start();
      try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers());
          JobUnderTest job = JobUnderTest.create(topics, folder, PLAN, clients(settings))) {
        job.load().upTo(PLAN.total() * 3 / 4).start(800);
        ChildJvm child = job.startChild(job.settings());
        child.awaitLine("COMPLETED 3", JobUnderTest.BOUND);

        restart(broker, "certificate-expired.pem", certificate);

        assertThat(child.awaitLine("ENDED FAILED", SOON)).contains("SslAuthenticationException");
        restart(broker, "certificate.pem", certificate);
        job.look();
        job.finish();
        job.audit();
      }
    }
  }

  private static BrokerSettings withTls(Path certificate) {
    return BrokerSettings.forTests()
        .secured()
        .with(
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SSL")
        .with("ssl.keystore.type", "PEM")
        .with("ssl.keystore.location", certificate);
  }

  private Settings clients(BrokerSettings settings) {
    return Settings.none()
        .with(Setting.SERVERS, "127.0.0.1:" + settings.securedPort().getAsInt())
        .with(Setting.AUTHORITY, folder.resolve("authority.pem"));
  }

  private static void restart(EmbeddedBroker broker, String certificate, Path in) throws Exception {
    broker.kill();
    put(certificate, in);
    broker.start();
  }

  private static void put(String resource, Path file) throws IOException {
    try (InputStream in = CertificateIT.class.getResourceAsStream(resource)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
