package dev.weir.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeRuleTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        ReadsMillis.class,
        PassesNanosOn.class,
        ReadsInstant.class,
        Sleeps.class,
        SleepsByUnit.class,
        RollsUnseeded.class,
        MakesThreads.class,
        AwaitsBeside.class,
        Parks.class,
        TouchesFiles.class,
        Deserializes.class,
      })
  void shouldRefuse(Class<?> planted) {
    var type = new ClassFileImporter().importClass(planted);

    assertThat(EdgeRule.violations(type).distinct()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(classes = {RollsSeeded.class, NamesPaths.class})
  void shouldAccept(Class<?> fine) {
    var type = new ClassFileImporter().importClass(fine);

    assertThat(EdgeRule.violations(type)).isEmpty();
  }

  static final class ReadsMillis {
    long now() {
      return System.currentTimeMillis();
    }
  }

  static final class PassesNanosOn {
    LongSupplier clock() {
      return System::nanoTime;
    }
  }

  static final class ReadsInstant {
    Instant now() {
      return Instant.now();
    }
  }

  static final class Sleeps {
    void pause() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  static final class SleepsByUnit {
    void pause() throws InterruptedException {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  static final class RollsUnseeded {
    int roll() {
      return new Random().nextInt();
    }
  }

  static final class MakesThreads {
    Thread thread(Runnable body) {
      return new Thread(body);
    }
  }

  static final class AwaitsBeside {
    boolean await(CountDownLatch latch) throws InterruptedException {
      return latch.await(1, TimeUnit.SECONDS);
    }
  }

  static final class Parks {
    void pause() {
      LockSupport.parkNanos(1);
    }
  }

  static final class RollsSeeded {
    int roll(long seed) {
      return new Random(seed).nextInt();
    }
  }

  static final class TouchesFiles {
    boolean exists(Path path) {
      return Files.exists(path);
    }
  }

  static final class NamesPaths {
    Path path(Path folder) {
      return folder.resolve("name");
    }
  }

  static final class Deserializes {
    Object read(InputStream in) throws IOException, ClassNotFoundException {
      try (var objects = new ObjectInputStream(in)) {
        return objects.readObject();
      }
    }
  }
}
