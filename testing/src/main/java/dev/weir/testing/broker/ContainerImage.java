package dev.weir.testing.broker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/**
 * Finds the Kafka image to run: asked once for a JVM, because without an engine the answer is slow.
 */
final class ContainerImage {
  private static final String ASKED_FOR = System.getProperty("kafka.image", "local/kafka:4.3.1");
  private static final String PUBLIC = "apache/kafka:4.3.1";
  private static final String HOST_OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");
  private static final Duration PULL_BOUND = Duration.ofSeconds(60);

  private ContainerImage() {}

  static Availability find() {
    return Found.ANSWER;
  }

  private static Availability ask() {
    if (Files.exists(Path.of("/.dockerenv")) && System.getenv(HOST_OVERRIDE) == null) {
      return Availability.missing(
          "Brokers in containers publish a port of 127.0.0.1, this JVM seems to be in a container"
              + " itself; if the engine's ports answer at 127.0.0.1 here, say so with "
              + HOST_OVERRIDE
              + "=127.0.0.1 in the environment.");
    }
    try {
      DockerClientFactory factory = DockerClientFactory.instance();
      if (!factory.isDockerAvailable()) {
        return Availability.missing(
            "A broker in a container needs a Docker engine, none answers; start one, or set"
                + " DOCKER_HOST.");
      }
      return LOOPBACK.contains(factory.dockerHostIpAddress())
          ? choose(factory.client())
          : Availability.missing(
              "Brokers in containers publish a port of 127.0.0.1, the engine is at "
                  + factory.dockerHostIpAddress()
                  + "; use a local engine.");
    } catch (RuntimeException e) {
      return Availability.missing(
          "A broker in a container needs a Docker engine, asking for one failed with "
              + e
              + "; see whether 'docker version' works, and where no images can be pulled set"
              + " TESTCONTAINERS_RYUK_DISABLED=true in the environment.");
    }
  }

  private static Availability choose(DockerClient docker) {
    for (String image : List.of(ASKED_FOR, PUBLIC)) {
      if (isPresent(docker, image)) {
        return Availability.with(image);
      }
    }
    for (String image : List.of(ASKED_FOR, PUBLIC)) {
      if (!image.startsWith("local/") && pull(docker, image)) {
        return Availability.with(image);
      }
    }
    return Availability.missing(
        String.format(
            "A broker in a container needs the image %s or %s, the engine has neither and could not"
                + " pull within %d s; build or pull one, or name another with -Dkafka.image.",
            ASKED_FOR, PUBLIC, PULL_BOUND.toSeconds()));
  }

  private static boolean isPresent(DockerClient docker, String image) {
    return !docker.listImagesCmd().withReferenceFilter(image).exec().isEmpty();
  }

  private static boolean pull(DockerClient docker, String image) {
    try {
      docker
          .pullImageCmd(image)
          .start()
          .awaitCompletion(PULL_BOUND.toMillis(), TimeUnit.MILLISECONDS);
      return isPresent(docker, image);
    } catch (DockerException noRegistry) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Holds the answer from the first question on. */
  private static final class Found {
    static final Availability ANSWER = ask();
  }
}
