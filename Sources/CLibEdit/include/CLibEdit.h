/// libedit for Swift: typed forms of the calls that libedit declares with "...", which Swift
/// cannot make. Everything else is called as histedit.h declares it.

#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <histedit.h>
#include <wchar.h>

typedef wchar_t *(*libedit_prompt_function)(EditLine *editor);
typedef int (*libedit_read_function)(EditLine *editor, wchar_t *character);
typedef unsigned char (*libedit_key_function)(EditLine *editor, int key);

/// An editor on the standard streams; NULL when there is no memory for one.
EditLine *libedit_open(const char *program);

/// The pointer that callbacks get their owner back from.
void libedit_set_client_data(EditLine *editor, void *data);
void *libedit_client_data(EditLine *editor);

/// The text before the line; what stands between two `quote` characters takes no columns.
int libedit_set_prompt(EditLine *editor, libedit_prompt_function prompt, wchar_t quote);

/// Where characters come from: 1 for a character, 0 at the end, -1 with errno for a failure.
int libedit_set_reader(EditLine *editor, libedit_read_function read);

/// The keys to start from: "emacs" or "vi".
int libedit_set_editor(EditLine *editor, const char *name);
int libedit_add_function(
    EditLine *editor, const char *name, const char *help, libedit_key_function function);
int libedit_bind(EditLine *editor, const char *key, const char *function);

/// Binds a key in the command mode of vi.
int libedit_bind_in_command_mode(EditLine *editor, const char *key, const char *function);

/// Whether libedit puts the terminal back in order when a signal arrives during a line.
int libedit_set_signals(EditLine *editor, int handled);

/// One setting of the terminal, as "-isig", for as long as a line is edited.
int libedit_set_editing_terminal(EditLine *editor, const char *setting);

/// Puts the terminal into the state for editing (1) or back into the one before it (0).
int libedit_prepare_terminal(EditLine *editor, int editing);

/// Draws prompt and line anew, starting where the cursor is.
int libedit_refresh(EditLine *editor);

int libedit_set_history(EditLine *editor, HistoryW *history);
int libedit_history_set_size(HistoryW *history, int size);

/// Whether an entry that equals the one before it is left out.
int libedit_history_set_unique(HistoryW *history, int unique);
int libedit_history_enter(HistoryW *history, const wchar_t *entry);

/// The columns a character takes in libedit's reckoning, the system's; -1 where it has none.
int libedit_width(wchar_t character);

#endif
