/* withenv.exe PROGRAM ARGS...: runs PROGRAM with an environment that Unix could not give it.
   Wine sets LOCALAPPDATA, PATH, TEMP, USERPROFILE and others from its registry, whatever the caller's Unix
   environment says. So every variable AS_NAME=VALUE becomes NAME=VALUE here (an empty VALUE removes NAME), and
   the rest of the command line runs as it stands, with our standard handles; its exit code is ours. */
#include <windows.h>
#include <string.h>
#define PREFIX L"AS_"
#define PREFIX_LENGTH 3
#define CANNOT_RUN 127

static void take_over(wchar_t *entry) {
  wchar_t *equals = wcschr(entry, L'=');
  *equals = 0;
  SetEnvironmentVariableW(entry + PREFIX_LENGTH, equals[1] ? equals + 1 : NULL);
  SetEnvironmentVariableW(entry, NULL);
}

int wmain(void) {
  wchar_t *entry = GetEnvironmentStringsW(); /* a copy: ours to change */
  while (*entry) {
    wchar_t *next = entry + wcslen(entry) + 1;
    if (!wcsncmp(entry, PREFIX, PREFIX_LENGTH)) take_over(entry);
    entry = next;
  }
  wchar_t *line = GetCommandLineW();
  int quoted = 0;
  while (*line && (quoted || (*line != L' ' && *line != L'\t'))) { if (*line == L'"') quoted = !quoted; line++; }
  while (*line == L' ' || *line == L'\t') line++;
  STARTUPINFOW start = {sizeof start};
  PROCESS_INFORMATION child;
  start.dwFlags = STARTF_USESTDHANDLES;
  start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
  start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
  start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  if (!CreateProcessW(NULL, _wcsdup(line), NULL, NULL, TRUE, 0, NULL, NULL, &start, &child)) return CANNOT_RUN;
  CloseHandle(start.hStdInput); CloseHandle(start.hStdOutput); CloseHandle(start.hStdError);
  WaitForSingleObject(child.hProcess, INFINITE);
  DWORD code = CANNOT_RUN;
  GetExitCodeProcess(child.hProcess, &code);
  return (int)code;
}
