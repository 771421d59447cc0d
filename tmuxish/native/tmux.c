/*
 * tmux, the launcher: the client of tmuxish as a program that starts in no time.
 *
 * A Python interpreter takes longer to start than a whole call of tmux. This program says the same things to
 * the server as the Python client does (tmuxish/cli, whose modules are named below where this follows them),
 * in the same frames (tmuxish/wire/frames.py), and becomes the Python client, by exec, for whatever it does not
 * do itself: no server yet, help, usage errors, -D, -v, trouble with the socket's folder. It does so only before
 * it has sent anything, so nothing is done twice. While TMUXISH_PURE_CLIENT is set it does so at once.
 *
 * Compiled when the package is built (tmuxish/packaging). The constants that Python has as well are compared with
 * Python's by compat_tests/native.
 */

#define _FILE_OFFSET_BITS 64

#if defined(__linux__)
#define _GNU_SOURCE
#elif defined(__APPLE__)
#define _DARWIN_C_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach-o/dyld.h>
#define CHANGED st_ctimespec
#else
#define CHANGED st_ctim
#endif

extern char **environ;

/* What the Python program looks for in an executable to know it as ours (tmuxish/cli/programs.py). */
__attribute__((used)) static const char mark[] = "tmuxish launcher";

#define TMUX_VERSION "3.7c"

/* -- the wire: tmuxish/wire/frames.py --------------------------------------------------------------------- */

enum {
    VERSION = 0x81,
    MAX_FRAME = 8 << 20,
    CHUNK = 64 << 10
};

enum { /* client to server */
    COMMAND = 1,
    IDENTIFY = 2,
    DATA = 3,
    DATA_END = 4,
    WRITE_DONE = 5,
    KEYS = 6,
    RESIZE = 7,
    DRAINED = 8,
    EXITING = 9,
    WAKEUP = 10,
    UNLOCK = 11,
    INPUT_END = 12,
    LEFT = 13
};

enum { /* server to client */
    STDOUT = 64,
    STDERR = 65,
    EXIT = 66,
    IDENTIFY_REQUEST = 67,
    READ = 68,
    WRITE = 69,
    ATTACH = 70,
    OUTPUT = 71,
    DETACHED = 72,
    SUSPEND = 73,
    LOCK = 74,
    SHELL = 75,
    FLAGS = 76,
    LEAVE = 77
};

enum { /* flags of COMMAND */
    FLAG_UTF8 = 0x01,
    FLAG_CONTROL = 0x02,
    FLAG_CONTROL_RAW = 0x04,
    FLAG_LOGIN = 0x08,
    FLAG_SHELL = 0x10,
    FLAG_NO_START = 0x40,
    FLAG_STDIN_TTY = 0x80
};

enum { WAIT_EXIT = 0x01 }; /* flags of FLAGS */

enum { WRITE_APPEND = 0x01, WRITE_MORE = 0x02 }; /* flags of WRITE */

enum { /* kinds of DETACHED */
    DETACH = 0,
    DETACH_KILL = 1,
    DETACH_EXEC = 2,
    DETACH_EXITED = 3,
    DETACH_SERVER_EXITED = 4,
    DETACH_MESSAGE = 5
};

/* -- limits, as in tmuxish/cli ---------------------------------------------------------------------------- */

enum {
    READ_SIZE = 64 << 10,
    PATIENCE_SECONDS = 3,
    MAX_ARGUMENTS = 16364
};

#ifdef __APPLE__
enum { MAX_PATH = 103 };
#else
enum { MAX_PATH = 107 };
#endif

/* Others may not read, write or search the folder of sockets (tmuxish/wire/unix_socket.py). */
enum { UNSAFE_MODE = 0007 };

/* What the command line asks for (tmuxish/cli/arguments.py). */
struct arguments {
    int argc;
    char **argv; /* the command and its flags */
    int control; /* -C, -CC */
    int login;
    int no_start;
    int utf8;
    const char *label;
    const char *shell_command;
    const char *socket_path;
    char *features; /* -T and -2, comma-separated; NULL for none */
};

static int main_argc; /* the whole command line, for the Python client */
static char **main_argv;

static struct arguments arguments;
static uint32_t flags;         /* of COMMAND */
static const char *tty = "";   /* the name of the terminal on standard input */
static int server = -1;        /* the connection */
static const char *server_path;

/* -- bytes ------------------------------------------------------------------------------------------------ */

/* Bytes that wait for something: those from `start` on. */
struct bytes {
    unsigned char *data;
    size_t start, stop, size;
};

static void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* Ends with status 1 and that text on standard error. */
static void
fail(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
    fflush(stderr);
    _exit(1);
}

static void *
allocate(void *old, size_t size)
{
    void *new = realloc(old, size);

    if (new == NULL)
        fail("out of memory");
    return new;
}

static size_t
length(const struct bytes *bytes)
{
    return bytes->stop - bytes->start;
}

/* Makes room for that many bytes more. */
static void
reserve(struct bytes *bytes, size_t more)
{
    if (bytes->size - bytes->stop >= more)
        return;
    if (bytes->start > 0) {
        memmove(bytes->data, bytes->data + bytes->start, length(bytes));
        bytes->stop -= bytes->start;
        bytes->start = 0;
    }
    if (bytes->size - bytes->stop >= more)
        return;
    while (bytes->size - bytes->stop < more)
        bytes->size = bytes->size ? bytes->size * 2 : 1024;
    bytes->data = allocate(bytes->data, bytes->size);
}

static void
append(struct bytes *bytes, const void *data, size_t size)
{
    if (size == 0)
        return;
    reserve(bytes, size);
    memcpy(bytes->data + bytes->stop, data, size);
    bytes->stop += size;
}

/* The first bytes have been dealt with. */
static void
consume(struct bytes *bytes, size_t size)
{
    bytes->start += size;
    if (bytes->start == bytes->stop)
        bytes->start = bytes->stop = 0;
}

static void
clear(struct bytes *bytes)
{
    bytes->start = bytes->stop = 0;
}

/* A number in network order, of `width` bytes. */
static void
append_number(struct bytes *bytes, uint64_t value, int width)
{
    while (width-- > 0) {
        unsigned char byte = (unsigned char)(value >> (8 * width));
        append(bytes, &byte, 1);
    }
}

static void
append_string(struct bytes *bytes, const void *data, size_t size)
{
    append_number(bytes, size, 4);
    append(bytes, data, size);
}

static void
append_text(struct bytes *bytes, const char *text)
{
    append_string(bytes, text, strlen(text));
}

static uint32_t
number(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* -- waiting and writing ---------------------------------------------------------------------------------- */

/*
 * Waits until one of the descriptors is ready or hung up (revents is not 0); like poll(), but -1 for its errors
 * means a signal and nothing else. On macOS poll() does not know terminals.
 */
static int
wait_on(struct pollfd *wanted, int count, int milliseconds)
{
#ifdef __APPLE__
    struct timeval timeout = { milliseconds / 1000, milliseconds % 1000 * 1000 };
    fd_set readable, writable;
    int at, last = -1, ready;

    FD_ZERO(&readable);
    FD_ZERO(&writable);
    for (at = 0; at < count; at++) {
        wanted[at].revents = 0;
        if (wanted[at].fd < 0 || wanted[at].fd >= FD_SETSIZE)
            continue;
        if (wanted[at].events & POLLIN)
            FD_SET(wanted[at].fd, &readable);
        if (wanted[at].events & POLLOUT)
            FD_SET(wanted[at].fd, &writable);
        if (wanted[at].fd > last)
            last = wanted[at].fd;
    }
    ready = select(last + 1, &readable, &writable, NULL, milliseconds < 0 ? NULL : &timeout);
    for (at = 0; at < count && ready > 0; at++) {
        if (wanted[at].fd < 0 || wanted[at].fd >= FD_SETSIZE)
            continue;
        if (FD_ISSET(wanted[at].fd, &readable))
            wanted[at].revents |= POLLIN;
        if (FD_ISSET(wanted[at].fd, &writable))
            wanted[at].revents |= POLLOUT;
    }
    return ready;
#else
    return poll(wanted, (nfds_t)count, milliseconds);
#endif
}

static int
would_block(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

static void
wait_writable(int fd)
{
    struct pollfd wanted = { .fd = fd, .events = POLLOUT };

    wait_on(&wanted, 1, -1);
}

/* Writes it all, waiting where it must; the errno, 0 if all is written. */
static int
write_all(int fd, const void *data, size_t size)
{
    const char *at = data;

    while (size > 0) {
        ssize_t written = write(fd, at, size);

        if (written >= 0) {
            at += written;
            size -= (size_t)written;
        } else if (would_block())
            wait_writable(fd);
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

static void
set_blocking(int fd, int blocking)
{
    int mode = fcntl(fd, F_GETFL);

    if (mode != -1)
        fcntl(fd, F_SETFL, blocking ? mode & ~O_NONBLOCK : mode | O_NONBLOCK);
}

/* -- signals ---------------------------------------------------------------------------------------------- */

static const int own_signals[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD };
enum { OWN_SIGNALS = sizeof own_signals / sizeof own_signals[0] };
static struct sigaction found_actions[OWN_SIGNALS];
static int signals_are_ours;

static void
leave(int number)
{
    (void)number;
    _exit(0);
}

static void
handle_signal(int number, void (*handler)(int))
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* SIGINT and SIGQUIT mean nothing to a client; SIGTERM and SIGHUP end it with status 0 while not attached. */
static void
set_signals(void)
{
    int at;

    for (at = 0; at < OWN_SIGNALS; at++)
        sigaction(own_signals[at], NULL, &found_actions[at]);
    signals_are_ours = 1;
    handle_signal(SIGINT, SIG_IGN);
    handle_signal(SIGQUIT, SIG_IGN);
    handle_signal(SIGPIPE, SIG_IGN);
    handle_signal(SIGTERM, leave);
    handle_signal(SIGHUP, leave);
}

static void
give_signals_back(void)
{
    int at;

    for (at = 0; signals_are_ours && at < OWN_SIGNALS; at++)
        sigaction(own_signals[at], &found_actions[at], NULL);
}

/* -- becoming the Python client --------------------------------------------------------------------------- */

/* The first argument of `tmuxish` that means the same (tmuxish/cli/launched.py). */
#define LAUNCHED "--launched"

/*
 * What Python runs where there is no script to run; its first argument is the folder above ours. The working
 * directory is not searched for modules, other than with plain -c. Where it can be, Python is started without
 * site (-S), which takes it a third of its time; an editable installation needs that after all, and one that only
 * PYTHONPATH knows the script beside us.
 */
static const char program[] =
    "import sys\n"
    "sys.path[:1] == [''] and sys.path.pop(0)\n"
    "sys.path.append(sys.argv[1] + '/lib/python%d.%d/site-packages' % sys.version_info[:2])\n"
    "try:\n"
    "    from tmuxish.cli.launched import main\n"
    "except ImportError:\n"
    "    import os, site\n"
    "    site.main()\n"
    "    try:\n"
    "        from tmuxish.cli.launched import main\n"
    "    except ImportError:\n"
    "        os.execv(sys.argv[1][:-2] + 'tmuxish', ['tmuxish', '" LAUNCHED "', *sys.argv[2:]])\n"
    "main(sys.argv[2:])\n";

/* Where this executable is, all links followed; 0 if that cannot be known. */
static int
find_self(char path[PATH_MAX])
{
    const char *name = main_argc > 0 ? main_argv[0] : "";
    const char *folders = getenv("PATH");
    char found[PATH_MAX];

#if defined(__linux__)
    ssize_t size = readlink("/proc/self/exe", path, PATH_MAX - 1);

    if (size > 0) {
        path[size] = '\0';
        if (access(path, X_OK) == 0)
            return 1;
    }
#elif defined(__APPLE__)
    uint32_t size = sizeof found;

    if (_NSGetExecutablePath(found, &size) == 0 && realpath(found, path) != NULL)
        return 1;
#endif
    if (*name == '-') /* a login shell's way of saying so */
        name++;
    if (strchr(name, '/') != NULL)
        return realpath(name, path) != NULL;
    while (folders != NULL && *name != '\0') {
        size_t width = strcspn(folders, ":");
        int size = snprintf(found, sizeof found, "%.*s/%s", (int)width, width ? folders : ".", name);

        if (width == 0)
            size = snprintf(found, sizeof found, "./%s", name);
        if (size < (int)sizeof found && access(found, X_OK) == 0)
            return realpath(found, path) != NULL;
        folders = folders[width] == ':' ? folders + width + 1 : NULL;
    }
    return 0;
}

/* Python with what it needs to be asked for, as argv; `rest` is NULL-terminated. */
static void
run_python(const char *python, char **first, int count, char **rest)
{
    int size = 0, at;
    char **argv;

    while (rest[size] != NULL)
        size++;
    argv = allocate(NULL, sizeof *argv * (size_t)(count + size + 2));
    argv[0] = (char *)python;
    for (at = 0; at < count; at++)
        argv[1 + at] = first[at];
    memcpy(argv + 1 + count, rest, sizeof *argv * (size_t)(size + 1));
    execv(python, argv);
    free(argv);
}

/* The Python that a script names in its first line; 0 if that is something else, or has arguments. */
static int
find_interpreter(const char *script, char python[PATH_MAX])
{
    char line[PATH_MAX + 2];
    int fd = open(script, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd == -1 ? 0 : read(fd, line, sizeof line - 1);
    const char *name;

    if (fd != -1)
        close(fd);
    line[size > 0 ? size : 0] = '\0';
    if (strncmp(line, "#!/", 3) != 0 || line[strcspn(line, " \t\r\n")] != '\n')
        return 0;
    *strchr(line, '\n') = '\0';
    name = strrchr(line, '/') + 1;
    if (strncmp(name, "python", 6) != 0 && strncmp(name, "pypy", 4) != 0)
        return 0;
    strcpy(python, line + 2);
    return 1;
}

/*
 * Executes tmuxish.cli.launched with those arguments. The interpreter is looked for beside this program,
 * wherever that has been moved or linked from: a virtual environment has its own there. Elsewhere `tmuxish`, the
 * script beside us, knows the interpreter that it was installed for, which need not be the `python3` beside it.
 * Neither needs anything that the caller's PYTHON variables say.
 */
static void become_python(char **rest) __attribute__((noreturn));

static void
become_python(char **rest)
{
    static const char *names[] = { "python3", "python" };
    char self[PATH_MAX], above[PATH_MAX + 4], path[PATH_MAX + 32], python[PATH_MAX + 32], *slash;
    char *isolated[] = { "-I", "-S", "-c", (char *)program, above };
    char *elsewhere[] = { "-c", (char *)program, above };
    char *script[] = { LAUNCHED };
    int at;

    give_signals_back();
    if (!find_self(self) || (slash = strrchr(self, '/')) == NULL)
        fail("tmux: cannot find out where this program is, and so not its Python");
    *slash = '\0';
    snprintf(above, sizeof above, "%s/..", self);
    snprintf(path, sizeof path, "%s/pyvenv.cfg", above);
    for (at = 0; at < 2 && access(path, F_OK) == 0; at++) {
        snprintf(python, sizeof python, "%s/%s", self, names[at]);
        run_python(python, isolated, 5, rest);
    }
    snprintf(path, sizeof path, "%s/tmuxish", self);
    if (find_interpreter(path, python))
        run_python(python, isolated, 5, rest);
    run_python(path, script, 1, rest);
    for (at = 0; at < 2; at++) {
        snprintf(path, sizeof path, "%s/%s", self, names[at]);
        run_python(path, elsewhere, 3, rest);
    }
    fail("tmux: there is no Python in %s, where tmuxish is installed; install it again", self);
}

/* Becomes the Python client. Nothing may have been sent to the server yet. */
static void hand_over(void) __attribute__((noreturn));

static void
hand_over(void)
{
    static char *what = "client";
    char **rest = allocate(NULL, sizeof *rest * (size_t)(main_argc + 2));

    rest[0] = what;
    memcpy(rest + 1, main_argv, sizeof *rest * (size_t)main_argc);
    rest[1 + main_argc] = NULL;
    become_python(rest);
}

/*
 * Whoever holds the socket does not answer as our server would: has Python look into that, which says so if it
 * is somebody else. Returns whether it was said.
 */
static int
server_is_foreign(void)
{
    char *rest[] = { "diagnose", (char *)server_path, NULL };
    int status = 0;
    pid_t child;

    handle_signal(SIGCHLD, SIG_DFL);
    child = fork();
    if (child == 0)
        become_python(rest);
    while (child > 0 && waitpid(child, &status, 0) == -1 && errno == EINTR)
        ;
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

/* -- the command line ------------------------------------------------------------------------------------- */

#define PLAIN_FLAGS "2CDhlNquvV"
#define FLAGS_WITH_VALUE "cfLST"

static void
add_feature(const char *name)
{
    size_t had = arguments.features != NULL ? strlen(arguments.features) + 1 : 0;
    size_t size = strlen(name) + 1;

    arguments.features = allocate(arguments.features, had + size);
    if (had > 0)
        arguments.features[had - 1] = ',';
    memcpy(arguments.features + had, name, size);
}

static void
set_value(char letter, const char *value)
{
    if (letter == 'c')
        arguments.shell_command = value;
    else if (letter == 'L')
        arguments.label = value;
    else if (letter == 'S')
        arguments.socket_path = value;
    else if (letter == 'T')
        add_feature(value);
    /* -f is for whoever starts the server. */
}

static void
set_flag(char letter)
{
    if (letter == 'V') {
        write_all(STDOUT_FILENO, "tmux " TMUX_VERSION "\n", sizeof "tmux " TMUX_VERSION);
        _exit(0);
    }
    if (letter == '2')
        add_feature("256");
    else if (letter == 'C')
        arguments.control++;
    else if (letter == 'l')
        arguments.login = 1;
    else if (letter == 'N')
        arguments.no_start = 1;
    else if (letter == 'u')
        arguments.utf8 = 1;
    else if (letter != 'q')
        hand_over(); /* -h, -D, -v */
}

/* Reads the flags before the command by BSD getopt's rules; misuse is for the Python client to explain. */
static void
parse(int argc, char **argv)
{
    int at = 1;

    arguments.login = argc > 0 && argv[0][0] == '-';
    while (at < argc) {
        const char *word = argv[at];

        if (strcmp(word, "--help") == 0)
            hand_over();
        if (word[0] != '-' || word[1] == '\0')
            break;
        at++;
        if (strcmp(word, "--") == 0)
            break;
        for (word++; *word != '\0'; word++) {
            if (strchr(FLAGS_WITH_VALUE, *word) != NULL) {
                if (word[1] == '\0' && at == argc)
                    hand_over();
                set_value(*word, word[1] != '\0' ? word + 1 : argv[at++]);
                break;
            }
            if (strchr(PLAIN_FLAGS, *word) == NULL)
                hand_over();
            set_flag(*word);
        }
    }
    if (at > argc)
        at = argc;
    arguments.argc = argc - at;
    arguments.argv = argv + at;
    if (arguments.argc > 0 && arguments.shell_command != NULL)
        hand_over();
}

/* Longer ones are refused, in tmux's words. */
static void
check_length(void)
{
    size_t size = 0;
    int at;

    for (at = 0; at < arguments.argc; at++)
        size += strlen(arguments.argv[at]) + 1;
    if (size > MAX_ARGUMENTS)
        hand_over();
}

/* -- the socket: tmuxish/wire/unix_socket.py -------------------------------------------------------------- */

static int
is_set(const char *value)
{
    return value != NULL && *value != '\0';
}

/* The user's own folder of sockets, checked; a missing or unsafe one is for the Python client. */
static void
append_socket_folder(struct bytes *path)
{
    char folder[PATH_MAX], *wanted = getenv("TMUX_TMPDIR"), name[32];
    struct stat facts;
    size_t size;

    if ((!is_set(wanted) || realpath(wanted, folder) == NULL) && realpath("/tmp", folder) == NULL)
        hand_over();
    for (size = strlen(folder); size > 0 && folder[size - 1] == '/'; size--)
        ;
    append(path, folder, size);
    append(path, name, (size_t)snprintf(name, sizeof name, "/tmux-%u", (unsigned)getuid()));
    append(path, "", 1);
    if (lstat((char *)path->data, &facts) != 0 || !S_ISDIR(facts.st_mode) || facts.st_uid != getuid() ||
        facts.st_mode & UNSAFE_MODE)
        hand_over();
    path->stop--;
}

/* The socket's path, from -S, else without -L from $TMUX, else the label in the user's folder. */
static const char *
find_socket(const char *tmux)
{
    static struct bytes path;
    const char *label = arguments.label;

    if (arguments.socket_path != NULL)
        append(&path, arguments.socket_path, strlen(arguments.socket_path));
    else if (label == NULL && is_set(tmux) && *tmux != ',')
        append(&path, tmux, strcspn(tmux, ","));
    else {
        append_socket_folder(&path);
        append(&path, "/", 1);
        append(&path, label != NULL ? label : "default", strlen(label != NULL ? label : "default"));
    }
    if (length(&path) == 0 || length(&path) > MAX_PATH)
        hand_over();
    append(&path, "", 1);
    return (const char *)path.data;
}

/* The commands that start a server (tmuxish/cli/start.py). */
static const struct {
    const char *name, *alias;
} starters[] = {
    { "new-session", "new" },
    { "attach-session", "attach" },
    { "start-server", "start" },
    { "list-commands", "lscm" },
    { "list-keys", "lsk" },
};

/* Whether a command that may start a server comes into question at all: the look at words alone. */
static int
names_starter(void)
{
    int at, is_first = 1;
    size_t each;

    for (at = 0; at < arguments.argc; at++) {
        const char *word = arguments.argv[at];
        size_t size = strlen(word);
        int ends = size > 0 && word[size - 1] == ';';

        while (size > 0 && word[size - 1] == ';')
            size--;
        for (each = 0; is_first && size > 0 && each < sizeof starters / sizeof starters[0]; each++)
            if (strncmp(starters[each].name, word, size) == 0 ||
                (strncmp(starters[each].alias, word, size) == 0 && starters[each].alias[size] == '\0'))
                return 1;
        is_first = ends;
    }
    return arguments.argc == 0;
}

/* Connects, or ends because there is no server, or leaves it to the Python client to start one or complain. */
static void
connect_server(void)
{
    struct sockaddr_un address;

    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    memcpy(address.sun_path, server_path, strlen(server_path));
    server = socket(AF_UNIX, SOCK_STREAM, 0);
    if (server == -1)
        hand_over();
    fcntl(server, F_SETFD, FD_CLOEXEC);
    if (connect(server, (struct sockaddr *)&address, sizeof address) == 0)
        return;
    if ((errno == ECONNREFUSED || errno == ENOENT) && (arguments.no_start || !names_starter()))
        fail("no server running on %s", server_path);
    hand_over();
}

/* -- frames ----------------------------------------------------------------------------------------------- */

static struct bytes received; /* from the server, not yet dealt with */

struct frame {
    int kind;
    unsigned char *payload; /* valid until more is received */
    size_t size;
};

/* The next frame that is complete: 1. 0: there is none. -1: the server does not speak this protocol. */
static int
next_frame(struct frame *frame)
{
    const unsigned char *at = received.data + received.start;
    size_t size;

    if (length(&received) < 4)
        return 0;
    size = number(at);
    if (size < 1 || size > MAX_FRAME)
        return -1;
    if (length(&received) - 4 < size)
        return 0;
    frame->kind = at[4];
    frame->payload = received.data + received.start + 5;
    frame->size = size - 1;
    consume(&received, 4 + size); /* which moves nothing */
    return 1;
}

/* Receives what there is; 0 at the end. */
static int
receive(int how)
{
    ssize_t size;

    reserve(&received, READ_SIZE);
    do
        size = recv(server, received.data + received.stop, received.size - received.stop, how);
    while (size == -1 && errno == EINTR);
    if (size > 0)
        received.stop += (size_t)size;
    return size > 0 || (size == -1 && would_block());
}

/* A frame begins: where, for end_frame(). */
static size_t
begin_frame(struct bytes *out, int kind)
{
    size_t at;

    append_number(out, 0, 4);
    at = length(out);
    append_number(out, (unsigned)kind, 1);
    return at;
}

/* The frame is complete; 0 if it is too long, and then it is not there. */
static int
end_frame(struct bytes *out, size_t at)
{
    size_t size = length(out) - at;
    unsigned char *head = out->data + out->start + at - 4;

    if (size > MAX_FRAME) {
        out->stop = out->start + at - 4;
        return 0;
    }
    head[0] = (unsigned char)(size >> 24);
    head[1] = (unsigned char)(size >> 16);
    head[2] = (unsigned char)(size >> 8);
    head[3] = (unsigned char)size;
    return 1;
}

/* Sends one frame and waits until it is sent; 0 if the server is gone. */
static int
send_frame(int kind, const void *payload, size_t size)
{
    static struct bytes out;
    size_t at;

    clear(&out);
    at = begin_frame(&out, kind);
    append(&out, payload, size);
    return end_frame(&out, at) && write_all(server, out.data, out.stop) == 0;
}

static int
send_number(int kind, uint32_t value)
{
    unsigned char payload[4] = { (unsigned char)(value >> 24), (unsigned char)(value >> 16),
        (unsigned char)(value >> 8), (unsigned char)value };

    return send_frame(kind, payload, sizeof payload);
}

/*
 * The string at `*at` of a payload as text of its own, moving on behind it; NULL if it is cut short or holds a
 * NUL, which no path or command can.
 */
static char *
take_string(const struct frame *frame, size_t *at)
{
    size_t size;
    char *text;

    if (frame->size < *at + 4)
        return NULL;
    size = number(frame->payload + *at);
    *at += 4;
    if (frame->size - *at < size || memchr(frame->payload + *at, '\0', size) != NULL)
        return NULL;
    text = allocate(NULL, size + 1);
    memcpy(text, frame->payload + *at, size);
    text[size] = '\0';
    *at += size;
    return text;
}

/* -- what the server is told ------------------------------------------------------------------------------ */

static int
locale_is_utf8(void)
{
    const char *names[] = { getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG") };
    const char *at;
    int each;

    for (each = 0; each < 3 && !is_set(names[each]); each++)
        ;
    for (at = each < 3 ? names[each] : ""; *at != '\0'; at++)
        if (strncasecmp(at, "UTF-8", 5) == 0 || strncasecmp(at, "UTF8", 4) == 0)
            return 1;
    return 0;
}

static void
find_flags(const char *tmux)
{
    if (arguments.utf8 || tmux != NULL || locale_is_utf8())
        flags |= FLAG_UTF8;
    if (arguments.control > 0)
        flags |= FLAG_CONTROL;
    if (arguments.control > 1)
        flags |= FLAG_CONTROL_RAW;
    if (arguments.login)
        flags |= FLAG_LOGIN;
    if (arguments.shell_command != NULL)
        flags |= FLAG_SHELL;
    if (arguments.no_start)
        flags |= FLAG_NO_START;
    if (isatty(STDIN_FILENO)) {
        const char *name = ttyname(STDIN_FILENO);

        flags |= FLAG_STDIN_TTY;
        tty = name != NULL ? name : ""; /* nobody asks ttyname() again */
    }
}

/* The directory we are in: $PWD if that is the same one (it keeps symbolic links). */
static const char *
working_directory(void)
{
    static char here[PATH_MAX];
    const char *pwd = getenv("PWD"), *home = getenv("HOME");
    struct stat one, other;

    if (is_set(pwd) && *pwd == '/' && stat(".", &one) == 0 && stat(pwd, &other) == 0 &&
        one.st_ino == other.st_ino && one.st_dev == other.st_dev)
        return pwd;
    if (getcwd(here, sizeof here) != NULL)
        return here;
    if (!is_set(home))
        hand_over(); /* it has the password database */
    return home;
}

/* The COMMAND frame, complete. Whatever cannot be said makes the Python client say why. */
static void
pack_command(struct bytes *out, const char *tmux)
{
    const char *pane = getenv("TMUX_PANE");
    const char *folder = working_directory();
    size_t at = begin_frame(out, COMMAND);
    int each;

    append_number(out, VERSION, 1);
    append_number(out, flags, 4);
    append_text(out, folder);
    append_text(out, tmux != NULL ? tmux : "");
    append_text(out, pane != NULL ? pane : "");
    append_text(out, tty);
    for (each = 0; each < arguments.argc; each++)
        append_text(out, arguments.argv[each]);
    if (!end_frame(out, at))
        hand_over();
}

static void
append_size(struct bytes *out, int fd)
{
    struct winsize size;

    if (fd < 0 || ioctl(fd, TIOCGWINSZ, &size) == -1)
        memset(&size, 0, sizeof size);
    append_number(out, size.ws_col, 2);
    append_number(out, size.ws_row, 2);
    append_number(out, size.ws_xpixel, 2);
    append_number(out, size.ws_ypixel, 2);
}

/* The terminal's special characters and what else it takes to give it back; two empty strings if it is none. */
static void
append_terminal(struct bytes *out)
{
    struct termios mode;
    struct stat facts;

    memset(&mode, 0, sizeof mode); /* not every C library fills all of c_cc */
    if (tcgetattr(STDIN_FILENO, &mode) == -1) {
        append_number(out, 0, 8);
        return;
    }
    append_string(out, mode.c_cc, sizeof mode.c_cc);
    if (fstat(STDIN_FILENO, &facts) == -1) {
        append_number(out, 0, 4);
        return;
    }
    append_number(out, 9 * 8, 4);
    append_number(out, (uint64_t)facts.st_dev, 8);
    append_number(out, facts.st_ino, 8);
    append_number(out, (uint64_t)facts.CHANGED.tv_sec * 1000000000 + (uint64_t)facts.CHANGED.tv_nsec, 8);
    append_number(out, mode.c_iflag, 8);
    append_number(out, mode.c_oflag, 8);
    append_number(out, mode.c_cflag, 8);
    append_number(out, mode.c_lflag, 8);
    append_number(out, cfgetispeed(&mode), 8);
    append_number(out, cfgetospeed(&mode), 8);
}

/* Whether an earlier entry of the environment has the same name: that one counts. */
static int
is_hidden(char **entry)
{
    size_t size = (size_t)(strchr(*entry, '=') - *entry) + 1;
    char **each;

    for (each = environ; each < entry; each++)
        if (strncmp(*each, *entry, size) == 0)
            return 1;
    return 0;
}

/* Answers IDENTIFY_REQUEST; 0 if the server is gone, or there is too much to tell. */
static int
identify(void)
{
    const char *term = getenv("TERM");
    struct bytes out = { 0 };
    char **entry;
    int sent;

    append_number(&out, (uint64_t)getpid(), 4);
    append_size(&out, flags & FLAG_STDIN_TTY ? STDIN_FILENO : -1);
    append_text(&out, term != NULL ? term : "");
    append_text(&out, tty);
    append_text(&out, arguments.features != NULL ? arguments.features : "");
    append_terminal(&out);
    for (entry = environ; entry != NULL && *entry != NULL; entry++)
        if (strchr(*entry, '=') != NULL && !is_hidden(entry))
            append_text(&out, *entry);
    sent = send_frame(IDENTIFY, out.data, out.stop);
    free(out.data);
    return sent;
}

/* -- files: tmuxish/cli/files.py -------------------------------------------------------------------------- */

/* Opens a file, or gives a standard stream to the first that asks for it; -1 with errno. */
static int
open_file(const char *path, int stream, int mode)
{
    static int used[2];

    if (strcmp(path, "-") != 0) /* without O_NONBLOCK a FIFO without its other end would hold us here */
        return open(path, mode | O_NONBLOCK | O_CLOEXEC, 0644);
    if (used[stream]) {
        errno = EBADF;
        return -1;
    }
    used[stream] = 1;
    return stream;
}

/* Sends the file's bytes and DATA_END; stops early if the server has something to say. 0: it is gone. */
static int
send_file(const char *path)
{
    static char data[CHUNK];
    int fd = open_file(path, STDIN_FILENO, O_RDONLY), alive = 1;

    if (fd == -1)
        return send_number(DATA_END, (uint32_t)errno);
    for (;;) {
        struct pollfd wanted[2] = { { .fd = fd, .events = POLLIN }, { .fd = server, .events = POLLIN } };
        ssize_t size;

        if (wait_on(wanted, 2, -1) == -1)
            continue;
        if (wanted[0].revents == 0)
            break;
        size = read(fd, data, sizeof data);
        if (size > 0) {
            if (!send_frame(DATA, data, (size_t)size))
                break; /* the server wants no more of it, and has said why */
        } else if (size == 0) {
            alive = send_number(DATA_END, 0);
            break;
        } else if (!would_block() && errno != EINTR) {
            alive = send_number(DATA_END, EIO); /* as tmux reports any failure to read */
            break;
        }
    }
    if (fd != STDIN_FILENO)
        close(fd);
    return alive;
}

/* A file that WRITE frames with WRITE_MORE are filling. */
struct filling {
    char *path;
    int fd, problem; /* -1 if it could not be opened, and the first errno met */
    struct filling *next;
};

/* Writes one piece of a file; after the last one sends WRITE_DONE with the first error there was. */
static int
write_file(const struct frame *frame)
{
    static struct filling *files;
    struct filling **at = &files, *file;
    size_t start = 1;
    int how = frame->size > 0 ? frame->payload[0] : 0, alive;
    char *path = frame->size > 0 ? take_string(frame, &start) : NULL;

    if (path == NULL)
        return 0;
    while (*at != NULL && strcmp((*at)->path, path) != 0)
        at = &(*at)->next;
    file = *at;
    if (file == NULL) {
        file = *at = allocate(NULL, sizeof *file);
        file->path = path;
        file->next = NULL;
        file->fd = open_file(path, STDOUT_FILENO, O_WRONLY | O_CREAT | (how & WRITE_APPEND ? O_APPEND : O_TRUNC));
        file->problem = file->fd == -1 ? errno : 0;
    } else
        free(path);
    if (file->problem == 0)
        file->problem = write_all(file->fd, frame->payload + start, frame->size - start);
    if (how & WRITE_MORE)
        return 1;
    if (file->fd != -1 && file->fd != STDOUT_FILENO)
        close(file->fd);
    alive = send_number(WRITE_DONE, (uint32_t)file->problem);
    *at = file->next;
    free(file->path);
    free(file);
    return alive;
}

/* -- a shell command in our place: tmuxish/cli/shell.py --------------------------------------------------- */

static void become_shell(const char *shell, const char *command) __attribute__((noreturn));

static void
become_shell(const char *shell, const char *command)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH, SIGPIPE, SIGTTIN,
        SIGTTOU, SIGCHLD };
    const char *slash = strrchr(shell, '/');
    const char *name = slash != NULL && slash[1] != '\0' ? slash + 1 : shell;
    char *shown = allocate(NULL, strlen(name) + 2);
    size_t at;
    int fd;

    sprintf(shown, "%s%s", arguments.login ? "-" : "", name);
    setenv("SHELL", shell, 1);
    for (at = 0; at < sizeof numbers / sizeof numbers[0]; at++)
        handle_signal(numbers[at], SIG_DFL);
    for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        set_blocking(fd, 1);
    execl(shell, shown, "-c", command, (char *)NULL);
    fail("%s: %s", shell, strerror(errno));
}

/* -- requests: tmuxish/cli/requests.py -------------------------------------------------------------------- */

/* Does what a server asks beyond printing; 0 if it is gone or asks for the impossible. */
static int
handle_request(const struct frame *frame)
{
    size_t at = 0;
    char *path;
    int alive;

    if (frame->kind == IDENTIFY_REQUEST)
        return identify();
    if (frame->kind == WRITE)
        return write_file(frame);
    if (frame->kind != READ && frame->kind != SHELL)
        return 0;
    path = take_string(frame, &at);
    if (path == NULL)
        return 0;
    if (frame->kind == SHELL)
        become_shell(path, arguments.shell_command != NULL ? arguments.shell_command : "");
    alive = send_file(path);
    free(path);
    return alive;
}

/* -- a loop over descriptors and signals ------------------------------------------------------------------ */

/* Signals write their number into a pipe, which loops read like everything else. */
static int wake[2] = { -1, -1 };

static void
note_signal(int number)
{
    unsigned char byte = (unsigned char)number;
    int error = errno;

    if (write(wake[1], &byte, 1) == -1) { /* full of signals already */
    }
    errno = error;
}

static void
catch_signals(const int *numbers, int count)
{
    if (pipe(wake) == -1)
        fail("cannot make a pipe: %s", strerror(errno));
    fcntl(wake[0], F_SETFD, FD_CLOEXEC);
    fcntl(wake[1], F_SETFD, FD_CLOEXEC);
    set_blocking(wake[0], 0);
    set_blocking(wake[1], 0);
    while (count-- > 0)
        handle_signal(numbers[count], note_signal);
}

/* Which of those signals have come; takes them all. */
static unsigned
take_signals(const int *numbers, int count)
{
    unsigned char noted[64];
    unsigned found = 0;
    ssize_t size;
    int at;

    while ((size = read(wake[0], noted, sizeof noted)) > 0)
        while (size-- > 0)
            for (at = 0; at < count; at++)
                if (noted[size] == numbers[at])
                    found |= 1u << at;
    return found;
}

static struct bytes to_server; /* frames that it has not taken yet */

/* Sends what the server takes now. */
static void
flush_to_server(void)
{
    while (length(&to_server) > 0) {
        ssize_t sent = send(server, to_server.data + to_server.start, length(&to_server), MSG_DONTWAIT);

        if (sent >= 0)
            consume(&to_server, (size_t)sent);
        else if (errno == EINTR)
            continue;
        else {
            if (!would_block())
                clear(&to_server); /* the server is gone; reading will say so */
            return;
        }
    }
}

static void
post(int kind, const void *payload, size_t size)
{
    size_t at = begin_frame(&to_server, kind);

    append(&to_server, payload, size);
    end_frame(&to_server, at);
    flush_to_server();
}

/* -- attached: tmuxish/cli/attach.py and terminal_posix.py ------------------------------------------------ */

enum {
    REPORT_SIZE = 4096,      /* bytes shown of which the server is told at once, of fewer with the next ones */
    OUTPUT_LIMIT = 256 << 10, /* output waiting for the terminal, above which no more is taken from the server */
    KEYS_LIMIT = 64 << 10,   /* keys waiting for the server, above which no more are read */
    FLUSH_SECONDS = 2       /* how long the last output may take to reach a terminal that accepts nothing, and
                             * how long a server may take to let go of the terminal */
};

/* What raw mode takes away. */
#define RAW_IFLAGS (IXON | IXOFF | ICRNL | INLCR | IGNCR | IMAXBEL | ISTRIP)
#define RAW_OFLAGS (OPOST | ONLCR | OCRNL | ONLRET)
#define RAW_LFLAGS (IEXTEN | ICANON | ECHO | ECHOE | ECHONL | ECHOCTL | ECHOPRT | ECHOKE | ISIG)

/* What puts a terminal back into shape whose server has vanished without doing so. */
#define RESET \
    "\033[?1000l\033[?1002l\033[?1003l\033[?1005l\033[?1006l\033[?1004l\033[?2004l\033[?2031l" \
    "\033[?1l\033>\033[r\033[m\033[?25h\033[?1049l"

static const int relay_signals[] = { SIGTERM, SIGHUP, SIGCONT, SIGWINCH };
enum { TERM_CAME = 1, HUP_CAME = 2, CONT_CAME = 4, WINCH_CAME = 8, RELAY_SIGNALS = 4 };

/* How the client ends. */
static struct {
    enum { NOT_YET, BY_SERVER, LOST_TERMINAL, TERMINATED, LOST_SERVER } cause;
    int status, kill_parent;
    char *text;            /* what is printed in brackets; NULL for nothing */
    char *shell, *command; /* to be executed in our place; NULL for none */
} ending;

static int terminal = -1; /* the terminal, opened anew where that is allowed */
static struct termios found_mode;
static struct bytes to_terminal;
static struct bytes complaints; /* what went wrong meanwhile can be read when the terminal has been given back */
static uint32_t shown;          /* bytes of OUTPUT written since the last DRAINED */
static int reads_keys = 1;      /* until the server reads the terminal itself */
static int leaving;             /* it is to be told so when all output is written */

static void
end(int cause, int status, char *text)
{
    ending.cause = cause;
    ending.status = status;
    ending.text = text;
}

/*
 * Opens the terminal by its name, so that non-blocking mode, which belongs to the open file, is not left behind
 * on the shell's standard input. One without a name here (containers) or of somebody else (su) is used as it is.
 */
static void
open_terminal(void)
{
    if (tcgetattr(STDIN_FILENO, &found_mode) == -1)
        fail("open terminal failed: %s", strerror(errno));
    terminal = open(tty, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (terminal == -1) {
        terminal = STDIN_FILENO;
        set_blocking(terminal, 0);
    }
}

/* From now on every key arrives as it is typed, and output is not translated. */
static void
enter_raw(void)
{
    struct termios mode;

    if (tcgetattr(terminal, &mode) == -1)
        return; /* gone, as reading it will say */
    mode.c_iflag &= ~(tcflag_t)RAW_IFLAGS;
    mode.c_iflag |= IGNBRK;
    mode.c_oflag &= ~(tcflag_t)RAW_OFLAGS;
    mode.c_lflag &= ~(tcflag_t)RAW_LFLAGS;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    tcsetattr(terminal, TCSANOW, &mode);
}

static void
restore_terminal(void)
{
    tcsetattr(terminal, TCSAFLUSH, &found_mode);
}

static void
post_size(void)
{
    struct bytes size = { 0 };

    append_size(&size, terminal);
    post(RESIZE, size.data, size.stop);
    free(size.data);
}

static void
report_shown(void)
{
    struct bytes count = { 0 };

    if (shown == 0 || length(&to_terminal) > 0)
        return;
    append_number(&count, shown, 4);
    post(DRAINED, count.data, count.stop);
    free(count.data);
    shown = 0;
}

/* Writes what the terminal takes now: how much, -1 if it is gone. */
static ssize_t
write_to_terminal(void)
{
    ssize_t written = write(terminal, to_terminal.data + to_terminal.start, length(&to_terminal));

    if (written == -1)
        return would_block() || errno == EINTR ? 0 : -1;
    consume(&to_terminal, (size_t)written);
    shown += (uint32_t)written;
    return written;
}

static void
relay_output(void)
{
    if (length(&to_terminal) == 0)
        return;
    if (write_to_terminal() == -1)
        end(LOST_TERMINAL, 1, "lost tty");
    else if (shown >= REPORT_SIZE || !reads_keys)
        report_shown();
}

static long
milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until all output is written, or the terminal has taken nothing for a while or is gone. */
static void
flush_to_terminal(void)
{
    long deadline = milliseconds() + FLUSH_SECONDS * 1000;

    while (length(&to_terminal) > 0) {
        struct pollfd wanted = { .fd = terminal, .events = POLLOUT };
        ssize_t written = write_to_terminal();
        long left = deadline - milliseconds();

        if (written > 0)
            deadline = milliseconds() + FLUSH_SECONDS * 1000;
        else if (written == -1 || left <= 0)
            clear(&to_terminal);
        else
            wait_on(&wanted, 1, (int)left);
    }
}

static void
relay_keys(void)
{
    unsigned char keys[4096];
    ssize_t size = read(terminal, keys, sizeof keys);

    if (size > 0)
        post(KEYS, keys, (size_t)size);
    else if (size == 0 || !(would_block() || errno == EINTR))
        end(LOST_TERMINAL, 1, "lost tty");
}

/* Runs on after being stopped, or after the terminal was somebody else's. */
static void
resume(int kind)
{
    report_shown();
    enter_raw();
    post(kind, NULL, 0);
}

static void
suspend(void)
{
    flush_to_terminal();
    restore_terminal();
    handle_signal(SIGTSTP, SIG_DFL);
    kill(getpid(), SIGTSTP);
    /* Stopped here until somebody says SIGCONT. */
    handle_signal(SIGTSTP, SIG_IGN);
    resume(WAKEUP);
}

static void
lock(const char *command)
{
    flush_to_terminal();
    restore_terminal();
    if (system(command) == -1) { /* whatever it says, the terminal is the server's again */
    }
    resume(UNLOCK);
}

static char *
join(const char *one, const char *two, const char *three)
{
    char *all = allocate(NULL, strlen(one) + strlen(two) + strlen(three) + 1);

    sprintf(all, "%s%s%s", one, two, three);
    return all;
}

/* What DETACHED says; 0, and nothing has changed, if that is nothing that there is. */
static int
detached(const struct frame *frame)
{
    size_t at = 2;
    char *message, *command, *shell, *origin, *text = NULL;
    int kind, status;

    if (frame->size < 2 || (message = take_string(frame, &at)) == NULL ||
        (command = take_string(frame, &at)) == NULL || (shell = take_string(frame, &at)) == NULL)
        return 0;
    kind = frame->payload[0];
    status = kind == DETACH_SERVER_EXITED ? 1 : frame->payload[1];
    origin = *message != '\0' ? join(" (from session ", message, ")") : "";
    if (kind == DETACH)
        text = join("detached", origin, "");
    else if (kind == DETACH_KILL)
        text = join("detached and SIGHUP", origin, "");
    else if (kind == DETACH_EXITED)
        text = "exited";
    else if (kind == DETACH_SERVER_EXITED)
        text = "server exited";
    else if (kind == DETACH_MESSAGE)
        text = message;
    else if (kind == DETACH_EXEC) {
        ending.command = command;
        ending.shell = shell;
    } else
        return 0;
    ending.kill_parent = kind == DETACH_KILL;
    end(BY_SERVER, status, text);
    return 1;
}

/* EXIT where DETACHED would have been expected. */
static void
exited(const struct frame *frame)
{
    char *text = NULL;

    if (frame->size > 1) {
        text = allocate(NULL, frame->size);
        memcpy(text, frame->payload + 1, frame->size - 1);
        text[frame->size - 1] = '\0';
    } else if (length(&complaints) == 0)
        text = "exited";
    end(BY_SERVER, frame->payload[0], text);
}

/* One frame while attached; 0 if it is none that may come now. */
static int
relay_frame(const struct frame *frame)
{
    size_t at = 0;
    char *command;

    switch (frame->kind) {
    case OUTPUT:
        append(&to_terminal, frame->payload, frame->size);
        relay_output();
        return 1;
    case STDERR:
        append(&complaints, frame->payload, frame->size);
        return 1;
    case DETACHED:
        return detached(frame);
    case EXIT:
        if (frame->size == 0)
            return 0;
        exited(frame);
        return 1;
    case SUSPEND:
        suspend();
        return 1;
    case LEAVE:
        reads_keys = 0;
        leaving = 1;
        return 1;
    case LOCK:
        if ((command = take_string(frame, &at)) == NULL)
            return 0;
        lock(command);
        free(command);
        return 1;
    default:
        return 0;
    }
}

static void
relay_frames(void)
{
    struct frame frame;
    int state = 0;

    while (ending.cause == NOT_YET && (state = next_frame(&frame)) == 1)
        if (!relay_frame(&frame)) {
            state = -1;
            break;
        }
    if (state == -1)
        end(LOST_SERVER, 1, "server exited unexpectedly");
}

static void
relay_noted_signals(void)
{
    unsigned came = take_signals(relay_signals, RELAY_SIGNALS);

    if (came & TERM_CAME)
        end(TERMINATED, 1, "terminated");
    else if (came & HUP_CAME)
        end(LOST_TERMINAL, 1, "lost tty");
    else {
        if (came & CONT_CAME)
            resume(WAKEUP);
        if (came & WINCH_CAME)
            post_size();
    }
}

/* Leaves the terminal to the server as soon as all that was to be shown is. */
static void
leave_terminal(void)
{
    if (!leaving || length(&to_terminal) > 0)
        return;
    leaving = 0;
    report_shown();
    post(LEFT, NULL, 0);
}

/* Waits until the server, which has been told that we go, writes to the terminal no more. */
static void
await_end(void)
{
    long left, deadline = milliseconds() + FLUSH_SECONDS * 1000;

    while ((left = deadline - milliseconds()) > 0) {
        struct pollfd wanted = { .fd = server, .events = POLLIN };

        if (wait_on(&wanted, 1, (int)left) <= 0)
            continue;
        clear(&received);
        if (!receive(MSG_DONTWAIT))
            return;
    }
}

/* Waits for something to happen, and does it. */
static void
relay_turn(void)
{
    enum { WAKE, SERVER, TERMINAL };
    struct pollfd wanted[3] = { { .fd = wake[0], .events = POLLIN }, { .fd = server }, { .fd = terminal } };
    int at, alive;

    leave_terminal();
    if (length(&to_terminal) < OUTPUT_LIMIT)
        wanted[SERVER].events |= POLLIN;
    if (length(&to_server) > 0)
        wanted[SERVER].events |= POLLOUT;
    if (reads_keys && length(&to_server) < KEYS_LIMIT)
        wanted[TERMINAL].events |= POLLIN;
    if (length(&to_terminal) > 0)
        wanted[TERMINAL].events |= POLLOUT;
    for (at = SERVER; at <= TERMINAL; at++)
        if (wanted[at].events == 0)
            wanted[at].fd = -1; /* or its being hung up would be reported again and again */
    if (wait_on(wanted, 3, -1) == -1)
        return;
    for (at = SERVER; at <= TERMINAL; at++)
        if (wanted[at].revents & ~(POLLIN | POLLOUT)) /* hung up: whatever was wanted will say so */
            wanted[at].revents |= wanted[at].events;
    if (wanted[WAKE].revents)
        relay_noted_signals();
    if (wanted[TERMINAL].revents & POLLOUT)
        relay_output();
    if (wanted[TERMINAL].revents & POLLIN && ending.cause == NOT_YET)
        relay_keys();
    if (wanted[SERVER].revents & POLLOUT)
        flush_to_server();
    if (wanted[SERVER].revents & POLLIN && ending.cause == NOT_YET) {
        alive = receive(MSG_DONTWAIT);
        relay_frames();
        if (!alive && ending.cause == NOT_YET)
            end(LOST_SERVER, 1, "server exited unexpectedly");
    }
}

/* Attached until the end; the exit status. The frames that came along with ATTACH are still to be read. */
static int
attach(void)
{
    const char *term = getenv("TERM");
    unsigned char status;

    open_terminal();
    catch_signals(relay_signals, RELAY_SIGNALS);
    handle_signal(SIGTSTP, SIG_IGN);
    handle_signal(SIGTTIN, SIG_IGN);
    handle_signal(SIGTTOU, SIG_IGN);
    enter_raw();
    post_size();
    relay_frames();
    while (ending.cause == NOT_YET)
        relay_turn();
    status = (unsigned char)ending.status;
    if (ending.cause == TERMINATED || ending.cause == LOST_TERMINAL)
        post(EXITING, &status, 1);
    if (ending.cause == TERMINATED && !reads_keys)
        await_end();
    if ((ending.cause == TERMINATED || ending.cause == LOST_SERVER) && (term == NULL || strcmp(term, "dumb") != 0))
        append(&to_terminal, RESET, sizeof RESET - 1);
    flush_to_terminal();
    restore_terminal();
    if (terminal == STDIN_FILENO)
        set_blocking(terminal, 1);
    else
        close(terminal);
    if (ending.command != NULL)
        become_shell(ending.shell, ending.command);
    write_all(STDERR_FILENO, complaints.data, length(&complaints));
    if (ending.text != NULL) {
        char *line = join("[", ending.text, "]\n");

        write_all(STDOUT_FILENO, line, strlen(line));
    }
    if (ending.kill_parent && getppid() > 1)
        kill(getppid(), SIGHUP);
    return ending.status;
}

/* -- control mode: tmuxish/cli/control.py and terminal_lines.py ------------------------------------------- */

enum {
    INPUT_SIZE = 4096,
    LINES_LIMIT = 16 << 10 /* output waiting for its reader, above which no more is taken from the server */
};

static const int control_signals[] = { SIGTERM, SIGHUP };
enum { CONTROL_SIGNALS = 2 };

static struct {
    int out;           /* where lines go: standard output, or with -CC the terminal on standard input */
    int answered;      /* the server has said something */
    int reading;       /* the server wants what is on standard input */
    int deaf;          /* nobody reads our output any more */
    int wait_exit;     /* wait for an empty line before ending */
    int is_over;
    int status;
    const char *text;  /* why it ends, "" for no particular reason */
    struct bytes lines;
} control = { .out = STDOUT_FILENO, .text = "" };

static void
end_control(int status, const char *text)
{
    control.is_over = 1;
    control.status = status;
    control.text = text;
}

static void
end_input(void)
{
    if (control.reading)
        send_frame(INPUT_END, NULL, 0);
    control.reading = 0;
}

static void
read_input(void)
{
    unsigned char data[INPUT_SIZE];
    ssize_t size = read(STDIN_FILENO, data, sizeof data);

    if (size > 0)
        send_frame(KEYS, data, (size_t)size);
    else if (size == 0 || !(would_block() || errno == EINTR))
        end_input();
}

static void
write_lines(void)
{
    ssize_t written = write(control.out, control.lines.data + control.lines.start, length(&control.lines));

    if (written >= 0)
        consume(&control.lines, (size_t)written);
    else if (!would_block() && errno != EINTR) {
        control.deaf = 1;
        clear(&control.lines);
        end_input();
    }
}

/* One frame in control mode; 0 if it is none that may come. */
static int
control_frame(const struct frame *frame)
{
    switch (frame->kind) {
    case STDOUT:
        if (control.deaf || frame->size == 0)
            return 1;
        append(&control.lines, frame->payload, frame->size);
        write_lines();
        return 1;
    case STDERR:
        write_all(STDERR_FILENO, frame->payload, frame->size);
        return 1;
    case ATTACH:
        control.reading = 1;
        if (control.deaf)
            end_input();
        return 1;
    case FLAGS:
        if (frame->size == 4)
            control.wait_exit = (number(frame->payload) & WAIT_EXIT) != 0;
        return frame->size == 4;
    case EXIT:
        if (frame->size == 0)
            return 0;
        exited(frame);
        end_control(ending.status, frame->size > 1 ? ending.text : "");
        return 1;
    default:
        return handle_request(frame);
    }
}

/* What the server says; 0 if it is foreign, and that was said. */
static int
control_frames(void)
{
    struct frame frame;
    int alive = receive(0), state = 0;

    while (!control.is_over && (state = next_frame(&frame)) == 1) {
        control.answered = 1;
        if (!control_frame(&frame))
            state = -1;
        if (state == -1)
            break;
    }
    if (control.is_over || (alive && state != -1))
        return 1;
    if (!control.answered && server_is_foreign())
        return 0;
    end_control(1, "server exited unexpectedly");
    return 1;
}

/* Waits for something to happen, and does it; 0 if the server is foreign. */
static int
control_turn(void)
{
    enum { WAKE, SERVER, INPUT, LINES };
    struct pollfd wanted[4] = { { .fd = wake[0], .events = POLLIN }, { .fd = -1, .events = POLLIN },
        { .fd = -1, .events = POLLIN }, { .fd = -1, .events = POLLOUT } };
    int ready;

    if (length(&control.lines) < LINES_LIMIT)
        wanted[SERVER].fd = server;
    if (control.reading)
        wanted[INPUT].fd = STDIN_FILENO;
    if (length(&control.lines) > 0)
        wanted[LINES].fd = control.out;
    ready = wait_on(wanted, 4, control.answered ? -1 : PATIENCE_SECONDS * 1000);
    if (ready == -1)
        return 1;
    if (ready == 0 && !control.answered) {
        control.answered = 1;
        return !server_is_foreign();
    }
    if (wanted[WAKE].revents) { /* SIGTERM or SIGHUP: all of our own accord */
        end_control(0, "");
        return 1;
    }
    if (wanted[LINES].revents)
        write_lines();
    if (wanted[INPUT].revents)
        read_input();
    return wanted[SERVER].revents ? control_frames() : 1;
}

/* The flag wait-exit: the reader wants to have read everything before we go. */
static void
wait_for_empty_line(void)
{
    struct pollfd wanted = { .fd = STDIN_FILENO, .events = POLLIN };
    char data[INPUT_SIZE], last = '\n';
    ssize_t size, at;

    for (;;) {
        size = read(STDIN_FILENO, data, sizeof data);
        if (size == 0 || (size == -1 && !would_block() && errno != EINTR))
            return;
        if (size == -1)
            wait_on(&wanted, 1, -1);
        for (at = 0; at < size; last = data[at++])
            if (data[at] == '\n' && last == '\n')
                return;
    }
}

/* Raw from the beginning, but for ends of lines. */
static void
enter_lines(void)
{
    struct termios mode;

    if (tcgetattr(STDIN_FILENO, &found_mode) == -1)
        fail("tcgetattr failed: %s", strerror(errno));
    mode = found_mode;
    mode.c_iflag = ICRNL | IXANY;
    mode.c_oflag = OPOST | ONLCR;
    mode.c_cflag = CREAD | CS8 | HUPCL;
    mode.c_lflag = 0;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &mode);
}

/* Sends the command and relays lines until the end; the exit status. */
static int
control_mode(const struct bytes *command)
{
    int blocking[2], fd, is_ours = 1, is_raw = arguments.control > 1;
    char *line;

    if (is_raw) {
        enter_lines();
        control.out = STDIN_FILENO;
    }
    catch_signals(control_signals, CONTROL_SIGNALS);
    write_all(server, command->data, command->stop);
    for (fd = STDIN_FILENO; fd <= STDOUT_FILENO; fd++) {
        blocking[fd] = (fcntl(fd, F_GETFL) & O_NONBLOCK) == 0;
        set_blocking(fd, 0);
    }
    while (is_ours && !control.is_over)
        is_ours = control_turn();
    for (fd = STDIN_FILENO; fd <= STDOUT_FILENO; fd++)
        set_blocking(fd, blocking[fd]);
    if (is_ours) {
        write_all(control.out, control.lines.data + control.lines.start, length(&control.lines));
        line = join("%exit", *control.text != '\0' ? " " : "", control.text);
        write_all(STDOUT_FILENO, line, strlen(line));
        write_all(STDOUT_FILENO, "\n", 1);
        if (control.wait_exit)
            wait_for_empty_line();
    }
    if (is_raw) {
        write_all(STDOUT_FILENO, "\033\\", 2); /* the string terminator */
        tcsetattr(STDOUT_FILENO, TCSAFLUSH, &found_mode);
    }
    return is_ours ? control.status : 1;
}

/* -- one command: tmuxish/cli/tmux.py --------------------------------------------------------------------- */

/* Whether the server says something in time. */
static int
server_speaks(void)
{
    struct pollfd wanted = { .fd = server, .events = POLLIN };
    int ready;

    do
        ready = wait_on(&wanted, 1, PATIENCE_SECONDS * 1000);
    while (ready == -1);
    return ready > 0;
}

/* Sends the command and does what the server says until it is over; the exit status. */
static int
converse(const struct bytes *command)
{
    int answered = 0, alive = 1, state;
    struct frame frame;

    write_all(server, command->data, command->stop); /* hung up on: what was said before is there to read */
    while (alive) {
        if (!answered && !server_speaks()) {
            answered = 1;
            if (server_is_foreign())
                return 1;
        }
        alive = receive(0);
        while ((state = next_frame(&frame)) == 1) {
            answered = 1;
            if (frame.kind == STDOUT)
                write_all(STDOUT_FILENO, frame.payload, frame.size);
            else if (frame.kind == STDERR)
                write_all(STDERR_FILENO, frame.payload, frame.size);
            else if (frame.kind == EXIT && frame.size > 0) {
                if (frame.size > 1) {
                    write_all(STDERR_FILENO, frame.payload + 1, frame.size - 1);
                    write_all(STDERR_FILENO, "\n", 1);
                }
                return frame.payload[0];
            } else if (frame.kind == ATTACH)
                return attach();
            else if (!handle_request(&frame)) {
                alive = 0;
                break;
            }
        }
        if (state == -1)
            break;
    }
    if (!answered && server_is_foreign())
        return 1;
    fail("server exited unexpectedly");
}

/* Puts what can be neither read nor written in the place of each standard stream that is closed. */
static void
occupy_standard_streams(void)
{
    int fd;

    for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1)
            open("/", O_RDONLY | O_CLOEXEC);
}

int
main(int argc, char **argv)
{
    const char *tmux = getenv("TMUX");
    struct bytes command = { 0 };

    main_argc = argc;
    main_argv = argv;
    if (is_set(getenv("TMUXISH_PURE_CLIENT")))
        hand_over();
    occupy_standard_streams();
    parse(argc, argv);
    check_length();
    server_path = find_socket(tmux);
    find_flags(tmux);
    pack_command(&command, tmux);
    set_signals();
    connect_server();
    if (getpid() == 1) /* of a container: every orphan becomes ours, and nothing may be left of it */
        handle_signal(SIGCHLD, SIG_IGN);
    _exit(arguments.control > 0 ? control_mode(&command) : converse(&command));
}
