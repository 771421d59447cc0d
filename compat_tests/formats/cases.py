"""Templates whose expansion by real tmux is recorded, by the target they are expanded for."""

from __future__ import annotations

from tmuxish.formats.variables import VARIABLES

# ruff: noqa: E501 (a template stands in one line)

# Variables that tell about the machine or the moment of the recording.
_MACHINE = (
    "alternate_saved_x",
    "alternate_saved_y",
    "buffer_created",
    "config_files",
    "history_all_bytes",  # depends on how the pane's output was cut into reads
    "history_bytes",
    "host",
    "host_short",
    "pane_current_command",
    "pane_current_path",
    "pane_pid",
    "pane_start_path",
    "pane_title",
    "pane_tty",
    "pid",
    "session_activity",
    "session_created",
    "session_path",
    "socket_path",
    "start_time",
    "uid",
    "user",
    "window_activity",
)
STABLE = [name for name in VARIABLES if name not in _MACHINE]

TEXT = r"""
plain text
#S:#I.#P #W #F #D
#T
##
####S
#,#}#{
a#
#Z #z #a #q
#[fg=red]x#[default]
#[fg=#S]#S
##[x]#S
###[x]#S
####[x]#S
#{session_name}#{nonsense}#{window_index}
#{}
#{ session_name}
#{session_name
#{session_name}}
a#{b}c}d
#(
#(echo
{session_name}
#{#{@number}}
#{#{@empty}session_name}
\#{session_name}
#{session_name}#,#{window_name}#}
%
%%
100%% #S
%Q
#{l:%%}
é 世 #{@utf8}
""".strip("\n").split("\n")

VALUES = r"""
#{@server}|#{@global}|#{@session}|#{@window}|#{@pane}|#{@none}
#{@special}
#{@comma}
#{history-limit} #{status} #{mouse} #{status-keys} #{base-index} #{mode-style} #{prefix}
#{automatic-rename} #{pane-base-index} #{remain-on-exit} #{synchronize-panes}
#{status-left}
#{status-format[0]}
#{status-format[9]}
#{status-format[x]}
#{status-format[-1]}
#{history-limit[3]}
#{update-environment}
#{update-environment[2]}
#{terminal-features}
#{window-style} #{window-active-style}
#{display-panes-colour} #{display-panes-color} #{clock-mode-colour}
#{escape-time} #{exit-empty} #{set-clipboard}
#{default-terminal}
#{after-new-session}
#{command-alias}
#{word-separators}
#{GREETING} #{GONE} #{EMPTY} #{NOT_SET}
#{PERCENT}
#{pane_id[0]}
#{line}#{hook}#{command}
#{next_window_index}
""".strip("\n").split("\n")

CONDITIONS = r"""
#{?session_name,yes,no}
#{?nonsense,yes,no}
#{?@zero,yes,no} #{?@empty,yes,no} #{?@number,yes,no}
#{?@zero,yes}
#{?@number,yes}
#{?}
#{?,}
#{?x}
#{?session_name}
#{?session_name,}
#{?0,a,b}#{?1,a,b}#{?00,a,b}#{? ,a,b}
#{?#{@number},yes,no}
#{?#{nonsense},yes,no}
#{?@empty,a,@zero,b,@number,c,d}
#{?@empty,a,@zero,b,d}
#{?@empty,a,@zero,b}
#{?@empty,a,@number,b,c,d,e}
#{?session_format,s,window_format,w,pane_format,p,none}
#{?pane_active,#{?pane_marked,both,active},#{?pane_marked,marked,neither}}
#{?window_index,a#,b,c#}d}
#{?session_name,#[fg=red#,bold],x}
#{?#{==:#{session_name},main},#{l:#{x}},no}
#{?session_name,a,b}c
#{?session_name:x,y}
#{?#{@number}x,yes,no}
#{?history-limit,yes,no}
#{?GREETING,#{GREETING},no}
#{?#{EMPTY},e,#{NOT_SET},n,#{GREETING}}
#{?b:@path,yes,no}
#{b:?@path,#{@path},no}
#{t:?@when,x,y}
""".strip("\n").split("\n")

COMPARISONS = r"""
#{==:a,a} #{==:a,b} #{==:,} #{==:a}
#{!=:a,a} #{!=:a,b}
#{<:a,b} #{<:b,a} #{<:a,a} #{>:a,b} #{>:b,a} #{<=:a,a} #{<=:b,a} #{>=:a,a} #{>=:a,b}
#{<:10,9} #{>:é,z} #{<:,a} #{<:A,a}
#{==:#{session_name},main}
#{==:#{@comma},a,b}
#{==:a#,b,a#,b}
#{==:#{l:a,b},x}
#{==:#[fg=red],#[fg=red]}
#{||:,} #{||:0,1} #{||:0,0} #{||:1} #{||:0,0,0,x} #{||:}
#{&&:1,1} #{&&:1,0} #{&&:1} #{&&:a,b,c,0} #{&&:} #{&&:1,,1}
#{&&:#{@number},#{session_name}}
#{||:#{@zero},#{@empty}}
#{!:0}#{!:1}#{!:}#{!:x}#{!:#{@zero}}#{!:@zero}
#{!!:0}#{!!:1}#{!!:}#{!!:x}#{!!:#{@zero}}
#{!:!:1}
#{==;!=:a,b}
#{&&;||:0,1}
#{m:*foo*,xfoox} #{m:foo,xfoox} #{m:f?o,foo} #{m:[a-c]x,bx} #{m:[!a-c]x,bx} #{m:[^a]x,bx} #{m:,}
#{m:\*,*} #{m:\*,x} #{m:a\\b,ab} #{m:[a,[a} #{m:[]]x,]x} #{m:[[:digit:]]*,7up} #{m:[[:alpha:]]*,7up}
#{m:FOO*,foobar} #{m/i:FOO*,foobar} #{m/i:[A-C],b}
#{m:*世*,a世b} #{m:?,世} #{m:*/*,a/b} #{m:*,.x}
#{m/r:^a.c$,abc} #{m/r:b,abc} #{m/r:^b,abc} #{m/r:(,x} #{m/r:a|b,xb} #{m/r:,x} #{m/r:^$,}
#{m/ri:^A.C$,abc} #{m/r:[[:upper:]],aBc} #{m/r:\bfoo\b,a foo b} #{m/r:\w+,--} #{m/r:^*,a}
#{m/r:(a)\1,xaa} #{m/r:a{2#},baab} #{m/r:^(bash|zsh)$,zsh} #{m/r:x*y+z?,xxyy}
#{m/r:[]a]+,]} #{m/r:a**,a} #{m/r:a+?,b} #{m/r:),)} #{m/r:\.,x} #{m/r:\n,n} #{m/r:a{3#},aa}
#{m|ri|:A,a} #{m=r=:a,a} #{m/x:a,a} #{m/z:*,a}
#{m:#{session_name},main} #{m:m*,#{session_name}} #{m:main}
#{m/r:^[^0-9]+$,abc} #{m/r:[a-,x} #{m/r:[z-a],b} #{m/r:[[:foo:]],b} #{m/r:\,x}
""".strip("\n").split("\n")

ARITHMETIC = r"""
#{e|+:1,2} #{e|-:1,2} #{e|*:3,4} #{e|/:7,2} #{e|/:-7,2} #{e|%%:7,3} #{e|m:7,3} #{e|m:-7,3}
#{e|+|f:1.5,2} #{e|-|f:1,2.25} #{e|*|f|4:5.5,3} #{e|/|f:1,3} #{e|/|f|0:1,2} #{e|m|f:7.5,2}
#{e|+:1.9,1.9} #{e|/:5,0} #{e|/|f:5,0} #{e|/|f:-5,0} #{e|/|f:0,0} #{e|m:5,0} #{e|m|f:5,0}
#{e|==:1,1} #{e|==:1,2} #{e|!=:1,2} #{e|<:1,2} #{e|<=:2,2} #{e|>:1,2} #{e|>=:1,2}
#{e|==|f:1,1} #{e|<|f|1:1,2} #{e|==:1.2,1.7} #{e|==|f:1.2,1.7}
#{e|+:,3} #{e|+:3} #{e|+:a,1} #{e|+:1,b} #{e|+:0x10,1} #{e|+: 1,1} #{e|+:1 ,1} #{e|+:1e3,1}
#{e|+|f:inf,1} #{e|+|f:nan,1} #{e|-|f:inf,inf} #{e|+:inf,1} #{e|*|f:-0,0} #{e|*:-1,0}
#{e|+||2:1,2} #{e|+|f|-3:1,2} #{e|+|f|x:1,2} #{e|+|f|101:1,2} #{e|+|f|100:1,2} #{e|+|g:1.5,1}
#{e|x:1,2} #{e:1,2} #{e|+|f|1|2:1,2} #{e/+:1,2} #{e+:1,2} #{e|*:9223372036854775807,2}
#{e|+:#{@number},#{window_index}} #{e|*:#{e|+:1,2},3} #{e|#{l:+}:1,2}
#{e|*|f:1e308,10} #{e|-:5,10} #{e|+:-5,+3}
#{a:98} #{a:31} #{a:127} #{a:32}. #{a:x} #{a:} #{a:#{@number}}
#{c:red} #{c:colour12} #{c:#abcdef} #{c:default} #{c:brightred} #{c:AliceBlue} #{c:nope} #{c:} #{c:colour256}
#{c:grey50} #{c:terminal} #{c:#{display-panes-colour}} #{c:12}
#{R:a,3} #{R:ab,0} #{R:ab,1} #{R:ab,10001}. #{R:,5} #{R:a,x} #{R:#{session_name},2} #{R:a}
#{n:R:ab,10000} #{n;R:ab,10000}
""".strip("\n").split("\n")

STRINGS = r"""
#{=3:session_name} #{=-3:session_name} #{=0:session_name} #{=10:session_name} #{=:session_name}
#{=/3/..:session_name} #{=/-3/..:session_name} #{=/9/..:session_name} #{=|3|..:session_name}
#{=/3:session_name} #{=/3/:session_name} #{=3/..:session_name} #{=x:session_name} #{=10001:session_name}
#{=2:@utf8} #{=8:@utf8} #{=7:@utf8} #{=-3:@utf8} #{=-2:@utf8} #{=/8/…:@utf8}
#{=5:@style} #{=3:@style} #{=-5:@style} #{=4;l:####ab} #{=1;l:###[x]y} #{=2;l:####[x]y}
#{=-2;l:ab####} #{=-1;l:#[fg=red]abc#[default]} #{=1:#{l:#[fg=red]abc#[default]}}
#{=/#{@number}/x:session_name} #{=#{window_index}:session_name} #{=/2/#{session_name}:@path}
#{p8:session_name}| #{p-8:session_name}| #{p2:session_name}| #{p:session_name}| #{p10:@utf8}| #{p-14:@utf8}|
#{p0:session_name}| #{p10001:session_name}| #{p/8:session_name}| #{p/8/:session_name}| #{p8:@style}|
#{=3;p5:session_name}| #{p5;=3:session_name}| #{=2;p-4:@path}|
#{n:session_name} #{n:@utf8} #{n:@style} #{n:nonsense} #{n:} #{w:session_name} #{w:@utf8} #{w:@style} #{w:}
#{w;n:@utf8} #{n;=3:session_name} #{w;p9:@utf8} #{w;l:##[x]} #{w;l:###[x]a} #{w;l:#[x} #{w;l:####} #{w;l:###}
#{b:@path} #{d:@path} #{b:pane_start_command} #{b;d:@path} #{d:session_name} #{b:session_name} #{b:@empty}.
#{d:@empty}. #{b:nonsense}. #{b:#{@path}} #{d:#{@path}}
#{q:@special}
#{q/e:@style} #{q/h:@style} #{qh:@style} #{qe:@style} #{q/a:@special} #{qa:@special} #{q/a:session_name}
#{q/x:@special} #{q:#{@special}} #{q/a:@empty}. #{q:@empty}. #{q;b:@path} #{q;qe:@style}
#{l:#{session_name}} #{l:a#,b#}c} #{l:##} #{l:#{a#,b}} #{l:} #{l:#:x} #{l:a,b}
#{l;n:abc} #{l;=2:abcdef} #{l;b:/a/b} #{E;l:#S}
#{E:@nested} #{E:@twice} #{E:@empty}. #{E:nonsense}. #{E:status-left} #{E:session_name} #{E:#{@twice}}
#{E;=4:@nested} #{E;n:@nested} #{T:@time} #{E:@time} #{T:@nested} #{T;=5:@nested} #{E;T:@time} #{T;E:@time}
#{E:@server} #{E:@style} #{E;s/main/x/:@nested}
#{t:@when} #{t:@number} #{t:@zero}. #{t:@empty}. #{t:session_name}. #{t:nonsense}. #{t:GREETING}.
#{t/f/%%Y-%%m-%%d:@when} #{t/f/%%H#:%%M:@when} #{t/f/#{l:x}%%d:@when} #{t/f:@when} #{t/p:@when}
#{t|f|%%Y:@when} #{t/f/%%%%:@when} #{t/f/:@when}. #{t/x/%%Y:@when} #{tp:@when} #{t/f/%%H,%%M:@when}
#{t;=3:@when} #{n;t:@when} #{t/f/a##b:@when} #{t/f/#,%%Y:@when}
#{s/a/x/:session_name} #{s/a/x:session_name} #{s/x/y/:session_name} #{s|a|x|:session_name} #{s,a,x,:session_name}
#{s/./x/:session_name} #{s/^./x/:session_name} #{s/.$/x/:session_name} #{s/a*/-/:session_name} #{s/$/!/:session_name}
#{s/M/x/:session_name} #{s/M/x/i:session_name} #{s/(.)(.)/\2\1/:session_name} #{s/(x)?/<\1>/:session_name}
#{s/a/\0\0/:session_name} #{s/a/\\/:session_name} #{s/a/&/:session_name} #{s/\/x/:session_name} #{s/a//:session_name}
#{s//x/:session_name}. #{s/(/x/:session_name} #{s/n|in|ain/x/:session_name} #{s/m|ma|main/x/:session_name}
#{s/(m|ma)(ain|in)/[\1][\2]/:session_name} #{s/a?(ai)?/x/:session_name} #{s/[aeiou]+/-/:session_name}
#{s/a/x/;s/x/y/:session_name} #{s/a/#{window_index}/:session_name} #{s/#{l:a}/x/:session_name}
#{s/\//:/:@path} #{s|/|:|:@path} #{s|/$||:@path} #{s|.*/(.+)/|\1|:@path} #{s|^.*/||:@path} #{s/[^/]*//:@path}
#{s/e/é/:@global} #{s/世/x/:@utf8} #{s/ï/i/:@utf8} #{s/a#,/x/:@comma} #{s/#{l:,}/;/:@comma}
#{s/a/x/;=2:session_name} #{s/\n/ /:session_name} #{s/b*//:session_name} #{s/main|/x/:session_name}
#{s/abc/:session_name} #{s:session_name} #{s/a/b/c/d/:session_name} #{s/^/x/:session_name} #{s/^m*/x/:session_name}
#{session_name:foo} #{pane_id:x} #{x:session_name} #{=3;x:session_name} #{;=3:session_name} #{=3;:session_name}
#{=3;;b:session_name} #{:session_name} #{=3} #{E} #{l}
#{A:session_name} #{I:session_name} #{z:session_name}
""".strip("\n").split("\n")

LOOPS = r"""
#{S:#{session_name} }
#{S:#{session_name} ,<#{session_name}> }
#{S/n:#{session_name} } #{S/nr:#{session_name} } #{S/i:#{session_name} } #{S/ir:#{session_name} } #{S/r:#{session_name} }
#{S/x:#{session_name} } #{S/t:x}
#{S:#{session_name}#{?loop_last_flag,.,; }}
#{S:#{S:#{session_id}} }
#{S:#{W:#{window_index}}#{?loop_last_flag,,|}}
#{W:#{window_index}:#{window_name} }
#{W:#{window_index} ,[#{window_index}] }
#{W/n:#{window_name} } #{W/nr:#{window_name} } #{W/i:#I } #{W/ir:#I } #{W/r:#I }
#{W:#{window_index}#{?window_before_active,<,}#{?window_after_active,>,} }
#{W:(#{prev_window_index},#{window_index},#{next_window_index}) }
#{W:(#{prev_window_active},#{next_window_active},#{prev_@window},#{next_@window}) }
#{W/r:(#{prev_window_index},#{window_index},#{next_window_index}) }
#{W:#{P:#{pane_id}}#{?loop_last_flag,,-}}
#{P:#{pane_id} }
#{P:#{pane_id} ,*#{pane_id} }
#{P/r:#{pane_id} } #{P/n:#{pane_id} } #{P/i:#{pane_id} } #{P/nr:#{pane_id} }
#{P:#{pane_index}:#{pane_width}x#{pane_height}#{?loop_last_flag,, }}
#{L:#{client_name} } #{L/n:x}
#{n:#{W:#{window_name}}} #{=5;W:#{window_name}} #{s/,/;/;W:#{window_index},}
#{W:#{E:@nested}} #{W:#W#,#I }
#{S:a,b,c}
#{S:} #{W:,x}
#{P:#{session_name}.#{window_index}.#{pane_format}#{window_format}#{session_format} }
#{W:#{pane_format}#{window_format}#{session_format} } #{S:#{pane_format}#{window_format}#{session_format} }
#{N:one} #{N/w:one} #{N/w:on} #{N/s:main} #{N/s:mai} #{N/s:#{session_name}} #{N:#{window_name}} #{N/x:one}. #{Nw:one} #{Ns:zeta}
#{C:World} #{C:world} #{C/i:world} #{C:nothing} #{C/r:^hel+o} #{C/r:^Wor} #{C/ri:WORLD$} #{C:two*words} #{C:世界}
#{C:[brackets]} #{C/r:\[br} #{C/r:\(1\+2\)} #{C/r:^$} #{C:} #{C/r:} #{C/r:(} #{C:#{l:end}} #{C/r:words$}
#{?#{C:World},found,not}
""".strip("\n").split("\n")

# Deep nesting and other ends of the road.
LIMITS = (
    "#{?1," * 98 + "x" + ",}" * 98,
    "#{?1," * 99 + "x" + ",}" * 99,
    "#{?1," * 101 + "x" + ",}" * 101,
    "a#{?1," * 120 + "x" + ",b}" * 120,
    "#{" * 300 + "session_name" + "}" * 300,
    "#{E:@loop}",
    "#" * 1001,
    "#{l:" + "x" * 5000 + "}",
    "a#{W/x:#{nonsense}" + "}" * 5,
    "#{==:" * 40 + "a" + ",a}" * 40,
)

# Templates of which each step is recorded (display-message -v).
TRACED = [
    *TEXT,
    *CONDITIONS,
    *COMPARISONS[::2],
    *ARITHMETIC[::2],
    *STRINGS[::3],
    *LOOPS[::2],
    LIMITS[3],
    LIMITS[9],
]

CASES: dict[str, list[str]] = {
    "%0": [
        *(f"#{{{name}}}" for name in STABLE),
        *TEXT,
        *VALUES,
        *CONDITIONS,
        *COMPARISONS,
        *ARITHMETIC,
        *STRINGS,
        *LOOPS,
        *LIMITS,
    ],
    "%1": [*(f"#{{{name}}}" for name in STABLE if name.startswith("pane_")), *VALUES[:5], *CONDITIONS[13:20]],
    "%2": [*(f"#{{{name}}}" for name in STABLE if name.startswith("pane_")), "#T|#D", "#{C:x}"],
    "main:3": [*(f"#{{{name}}}" for name in STABLE if name.startswith("window_")), *VALUES[:1], *LOOPS[9:16]],
    "main:7": [
        *(f"#{{{name}}}" for name in STABLE if name.startswith("window_")),
        "#W #F",
        "#{=1:window_name}|",
    ],
    "zeta": [
        *(f"#{{{name}}}" for name in STABLE if name.startswith("session_")),
        *VALUES[-5:],
        "#{S:#S,[#S]}",
    ],
    "beta": [
        *(f"#{{{name}}}" for name in STABLE if name.startswith(("session_", "window_"))),
        "#{W:#{window_index}}",
    ],
}
