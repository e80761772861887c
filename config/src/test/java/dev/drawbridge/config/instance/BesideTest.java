package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BesideTest {
    @Test
    void whatWasMadeIsHandedOver() {
        try (var beside = Beside.start("making", () -> Thread.currentThread().getName())) {
            assertThat(beside.get()).isEqualTo("making");
        }
    }

    @Test
    void whatWentWrongIsTold() {
        var failure = new StartFailure("port 1 is taken");
        try (var told = Beside.start("telling", () -> raise(failure));
                var checked = Beside.start("checked", () -> raise(new IOException("disk")))) {
            assertThatThrownBy(told::get).isSameAs(failure);
            assertThatThrownBy(checked::get).hasRootCauseMessage("disk");
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingDoesNotStart() {
        var held = new CountDownLatch(1);
        try (var beside = Beside.start("held", () -> {
            held.await();
            return "late";
        })) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(StartFailure.class).isThrownBy(beside::get);
            held.countDown();
            beside.close();
            assertThat(Thread.interrupted()).as("the mark is kept").isTrue();
            assertThat(beside.get()).isEqualTo("late");
        }
    }

    private static Object raise(Exception failure) throws Exception {
        throw failure;
    }
}
