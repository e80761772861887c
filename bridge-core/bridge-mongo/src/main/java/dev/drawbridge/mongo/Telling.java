package dev.drawbridge.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Stands before an object of the driver, and before each one it hands out, and tells an outage of the server as
/// what it is: so that nobody who stores something has to. An operation that the server gave up because another was
/// in its way has done nothing and is asked again, as MongoDB's own server does by itself; others that speak its
/// protocol leave it to their callers.
///
/// @param behind the driver's object
/// @param pause how long the first pause is at most; the second may be twice as long, and so on
record Telling(Object behind, Duration pause) implements InvocationHandler {
    private static final String DRIVER = "com.mongodb.client";
    private static final int TRIES = 10;

    private static final Duration USUAL = Duration.ofMillis(20);
    private static final ReentrantLock TURN = new ReentrantLock();

    static <T> T telling(Class<T> type, Object behind) {
        return telling(type, behind, USUAL);
    }

    static <T> T telling(Class<T> type, Object behind, Duration pause) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Telling(behind, pause)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return wrapped(method.getReturnType(), method.invoke(behind, arguments));
        } catch (InvocationTargetException e) {
            MongoException told = told(e);
            // Half an answer that was read already is not asked for again.
            return behind instanceof MongoCollection && StoreErrors.conflict(told)
                    ? again(method, arguments)
                    : fail(told);
        }
    }

    /// Those who met come back one after the other, or they would meet again.
    private @Nullable Object again(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        for (int attempt = 1; ; attempt++) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() * attempt));
            TURN.lock();
            try {
                return wrapped(method.getReturnType(), method.invoke(behind, arguments));
            } catch (InvocationTargetException e) {
                MongoException told = told(e);
                if (!StoreErrors.conflict(told) || attempt == TRIES) {
                    return fail(told);
                }
            } finally {
                TURN.unlock();
            }
        }
    }

    private static MongoException told(InvocationTargetException e) throws Throwable {
        if (e.getCause() instanceof MongoException told) {
            return told;
        }
        throw e.getTargetException();
    }

    private static Object fail(MongoException told) {
        throw StoreErrors.told(told);
    }

    private @Nullable Object wrapped(Class<?> type, @Nullable Object answer) {
        boolean theirs = type.isInterface() && type.getPackageName().startsWith(DRIVER);
        return answer != null && theirs ? telling(type, answer, pause) : answer;
    }
}
