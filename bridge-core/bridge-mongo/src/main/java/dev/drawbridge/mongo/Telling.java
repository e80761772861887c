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
import org.jspecify.annotations.Nullable;

/// Stands before an object of the driver, and before each one it hands out, and tells an outage of the server as
/// what it is: so that nobody who stores something has to. An operation that the server gave up because another was
/// in its way has done nothing and is asked again, as MongoDB's own server does by itself; others that speak its
/// protocol leave it to their callers.
///
/// @param behind the driver's object
record Telling(Object behind) implements InvocationHandler {
    private static final String DRIVER = "com.mongodb.client";
    private static final int TRIES = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    static <T> T telling(Class<T> type, Object behind) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Telling(behind)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        for (int attempt = 1; ; attempt++) {
            try {
                return wrapped(method.getReturnType(), method.invoke(behind, arguments));
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof MongoException told)) {
                    throw e.getTargetException();
                }
                boolean whole = behind instanceof MongoCollection;
                if (!whole || !StoreErrors.conflict(told) || attempt == TRIES) {
                    throw StoreErrors.told(told);
                }
                // Those who met do not meet again in step.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos() * attempt / TRIES));
            }
        }
    }

    private static @Nullable Object wrapped(Class<?> type, @Nullable Object answer) {
        boolean theirs = type.isInterface() && type.getPackageName().startsWith(DRIVER);
        return answer != null && theirs ? telling(type, answer) : answer;
    }
}
