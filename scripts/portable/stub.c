/*
 * The first code of a portable file. It does what the kernel and the file system would do elsewhere: it maps glibc's
 * loader and puts glibc's libraries where the loader can open them, both from this very file, and then lets the loader
 * go on as if the kernel had started it. No libc is there yet, so everything is a system call, and nothing is
 * allocated.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8U
#endif

/* What the tool knows of the file. layout.ts writes it over the zeros at the start of the stub's data. */
struct library {
  uint64_t offset; /* in this file */
  uint64_t size;
  char name[16];
  char path[24]; /* "/proc/self/fd/N": the program's list of libraries points to these bytes */
};

__attribute__((section(".data.layout"))) volatile struct {
  uint64_t program_entry;
  uint64_t program_header_count;
  uint64_t loader_span;
  uint64_t loader_entry;
  uint64_t loader_segment_count;
  struct library libraries[2];
  Elf64_Phdr loader_segments[8]; /* p_offset counts from the start of this file */
  Elf64_Phdr program_headers[16];
} layout;

_Static_assert(offsetof(__typeof__(layout), libraries) == 40, "layout.ts");
_Static_assert(offsetof(__typeof__(layout), loader_segments) == 152, "layout.ts");
_Static_assert(offsetof(__typeof__(layout), program_headers) == 600, "layout.ts");
_Static_assert(sizeof(layout) == 1496, "layout.ts");

/* The descriptors of the memory files, to be closed again. */
static volatile int opened[2];

#if defined(__x86_64__)
static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "+a"(number)
                   : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return number;
}
/*
 * `_start` gets the stack as the kernel made it, and leaves it so for the loader. The loader jumps to `loaded` as it
 * would jump to the program, with a function in rdx that the program must get.
 */
__asm__(".globl _start\n_start: mov %rsp, %rdi\n call prepare\n jmp *%rax\n"
        "loaded: push %rdx\n push %rdx\n call clean\n pop %rdx\n pop %rdx\n jmp *%rax\n");
#elif defined(__aarch64__)
static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}
/* As above; here the function is in x0. */
__asm__(".globl _start\n_start: mov x0, sp\n bl prepare\n mov x16, x0\n br x16\n"
        "loaded: stp x0, x30, [sp, -16]!\n bl clean\n mov x16, x0\n ldp x0, x30, [sp], 16\n br x16\n");
#endif
extern char loaded[] __attribute__((visibility("hidden")));

static const char *program_name;

static void say(const char *text) {
  long length = 0;
  while (text[length]) length++;
  call(SYS_write, 2, (long)text, length, 0, 0, 0);
}

/* Writes a number as people do, which is also how /proc writes it: without leading zeros. */
static void write_number(volatile char *at, long number) {
  int digits = 1;
  for (long rest = number; rest >= 10; rest /= 10) digits++;
  at[digits] = 0;
  for (; digits > 0; number /= 10) at[--digits] = '0' + number % 10;
}

/* Ends with one line. The number tells apart what the sentence cannot. */
static long check(long result, const char *problem) {
  char number[24];
  if (result >= 0 || result < -4095) return result;
  write_number(number, -result);
  say(program_name);
  say(": ");
  say(problem);
  say(" (error ");
  say(number);
  say(")\n");
  call(SYS_exit_group, 127, 0, 0, 0, 0, 0);
  __builtin_unreachable();
}

static int starts_with(const char *text, const char *prefix) {
  while (*prefix)
    if (*text++ != *prefix++) return 0;
  return 1;
}

/*
 * Variables by which the loader, the libraries or Bun would run or read other files than this one, or trust any server.
 * A plugin is pinned by its hash, and its server hands down an environment that nobody pinned.
 */
static int is_dropped(const char *variable) {
  static const char prefixes[] = "LD_\0GLIBC_TUNABLES=\0GCONV_PATH=\0LOCPATH=\0BUN_\0NODE_TLS_REJECT_UNAUTHORIZED=\0";
  for (const char *prefix = prefixes; *prefix;) {
    if (starts_with(variable, prefix)) return 1;
    while (*prefix++) {
    }
  }
  return 0;
}

/* Puts a library into a file without a name, and writes the path by which the loader can open it. */
static void provide(int index, int self) {
  volatile struct library *library = &layout.libraries[index];
  const char *denied =
      "memfd_create is denied; allow it in the seccomp profile, or use the plain build, which needs glibc";
  long file = call(SYS_memfd_create, (long)library->name, MFD_CLOEXEC | MFD_NOEXEC_SEAL, 0, 0, 0, 0);
  /* Kernels before 6.3 do not know the second flag. Those that do can be told to insist on it. */
  if (file == -EINVAL) file = call(SYS_memfd_create, (long)library->name, MFD_CLOEXEC, 0, 0, 0, 0);
  check(file, denied);
  opened[index] = file;
  int64_t from = library->offset;
  int64_t end = from + library->size;
  while (from < end)
    if (check(call(SYS_sendfile, file, self, (long)&from, end - from, 0, 0), "its own file cannot be read") == 0)
      check(-EIO, "its own file is too short");
  write_number(library->path + sizeof("/proc/self/fd/") - 1, file);
}

/* Maps the loader as the kernel maps it when a program names it as its interpreter, and gives its address. */
static uint64_t map_loader(int self, uint64_t page) {
  const char *problem = "no memory for the loader";
  uint64_t base = check(call(SYS_mmap, 0, layout.loader_span, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), problem);
  for (uint64_t index = 0; index < layout.loader_segment_count; index++) {
    volatile Elf64_Phdr *segment = &layout.loader_segments[index];
    int protection = (segment->p_flags & PF_R ? PROT_READ : 0) | (segment->p_flags & PF_W ? PROT_WRITE : 0) |
                     (segment->p_flags & PF_X ? PROT_EXEC : 0);
    uint64_t inside = segment->p_vaddr & (page - 1);
    uint64_t start = base + segment->p_vaddr - inside;
    uint64_t file_end = base + segment->p_vaddr + segment->p_filesz;
    uint64_t end = base + segment->p_vaddr + segment->p_memsz;
    uint64_t next_page = (file_end + page - 1) & -page;
    uint64_t offset = segment->p_offset - inside;
    check(call(SYS_mmap, start, next_page - start, protection, MAP_PRIVATE | MAP_FIXED, self, offset), problem);
    if (!(segment->p_flags & PF_W)) continue;
    /* Behind the segment's bytes lies what follows in the file; the loader expects zeros, and uses the whole page. */
    for (uint64_t at = file_end; at < next_page; at++) *(volatile char *)at = 0;
    if (end > next_page)
      check(call(SYS_mmap, next_page, end - next_page, protection, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0),
            problem);
  }
  return base;
}

/* Makes everything ready and gives the loader's first instruction. */
__attribute__((used)) static uint64_t prepare(uintptr_t *stack) {
  uintptr_t *from = stack + 1 + stack[0] + 1;
  program_name = stack[0] > 0 ? (const char *)stack[1] : "program";

  /* Arguments, variables and the auxiliary vector follow each other, each list with a zero behind it. */
  uintptr_t *to = from;
  for (; *from; from++)
    if (!is_dropped((const char *)*from)) *to++ = *from;
  *to++ = *from++;
  Elf64_auxv_t *auxiliary = (Elf64_auxv_t *)to;
  for (; from[0] != AT_NULL; from += 2) *to++ = from[0], *to++ = from[1];
  *to++ = AT_NULL, *to++ = 0;

  uint64_t page = 4096;
  for (Elf64_auxv_t *each = auxiliary; each->a_type != AT_NULL; each++)
    if (each->a_type == AT_PAGESZ) page = each->a_un.a_val;

  int self = check(call(SYS_openat, AT_FDCWD, (long)"/proc/self/exe", O_RDONLY | O_CLOEXEC, 0, 0, 0),
                   "/proc/self/exe cannot be opened; mount /proc, or use the plain build, which needs glibc");
  for (int index = 0; index < 2; index++) provide(index, self);
  uint64_t base = map_loader(self, page);
  call(SYS_close, self, 0, 0, 0, 0, 0);

  /* The loader learns from here what it is to load, where it is itself, and where to go afterwards. */
  for (Elf64_auxv_t *each = auxiliary; each->a_type != AT_NULL; each++) {
    if (each->a_type == AT_PHDR) each->a_un.a_val = (uint64_t)layout.program_headers;
    if (each->a_type == AT_PHNUM) each->a_un.a_val = layout.program_header_count;
    if (each->a_type == AT_BASE) each->a_un.a_val = base;
    if (each->a_type == AT_ENTRY) each->a_un.a_val = (uint64_t)loaded;
  }
  return base + layout.loader_entry;
}

/* Once all is loaded, the memory files have done their work, and the program gets the descriptors it is used to. */
__attribute__((used)) static uint64_t clean(void) {
  for (int index = 0; index < 2; index++) call(SYS_close, opened[index], 0, 0, 0, 0, 0);
  return layout.program_entry;
}
