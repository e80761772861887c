package dev.drawbridge.config.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.http.BodyBudget.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(100_000);

    @Test
    void aBodyWithinItsLimitIsReadWhole() throws IOException {
        byte[] body = new byte[50_000];
        assertThat(budget.read(new ByteArrayInputStream(body), -1, 50_000))
                .isInstanceOfSatisfying(
                        Reading.Whole.class, whole -> assertThat(whole.body()).isEqualTo(body));
        assertThat(budget.used()).isEqualTo(50_000);
        budget.release(50_000);
        assertThat(budget.used()).isZero();
    }

    @Test
    void anAnnouncedLengthAboveTheLimitIsRefusedUnread() throws IOException {
        InputStream in = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }
        };
        assertThat(budget.read(in, 50_001, 50_000)).isInstanceOf(Reading.TooLong.class);
    }

    @Test
    void anEndlessBodyIsReadNoFurtherThanItsLimit() throws IOException {
        var read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 0;
            }
        };
        assertThat(budget.read(endless, -1, 50_000)).isInstanceOf(Reading.TooLong.class);
        assertThat(read.get()).isLessThan(70_000);
        assertThat(budget.used()).isZero();
    }

    @Test
    void manyBodiesTogetherFindNoRoom() throws IOException {
        budget.read(new ByteArrayInputStream(new byte[60_000]), 60_000, 60_000);
        assertThat(budget.read(new ByteArrayInputStream(new byte[60_000]), 60_000, 60_000))
                .isInstanceOf(Reading.NoRoom.class);
        assertThat(budget.used()).isEqualTo(60_000);
    }

    @Test
    void aClientThatGoesAwayGivesItsRoomBack() {
        InputStream broken = new InputStream() {
            private int left = 9_000;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("gone");
                }
                return 1;
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                if (left <= 0) {
                    throw new IOException("gone");
                }
                int n = Math.min(len, left);
                left -= n;
                return n;
            }
        };
        assertThatThrownBy(() -> budget.read(broken, -1, 50_000)).isInstanceOf(IOException.class);
        assertThat(budget.used()).isZero();
    }
}
