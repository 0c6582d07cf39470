#!/usr/bin/env perl
# The perl launcher: waits for an action, loads it, then speaks the action loop on descriptor 3. The first line is private to this platform:
# {"main": name, "folder": path, "env": {name: text}}, answered with {"ok": true}, or {"ok": false, "check": true}.
use strict;
use warnings;
use Fcntl qw(F_SETFD FD_CLOEXEC);
use IO::Handle;
use JSON::PP ();

my $json = JSON::PP->new->utf8->allow_nonref->canonical(0);
open(my $requests, '<&=', 3) or die "descriptor 3: $!";
open(my $answers, '>&=', 3) or die "descriptor 3: $!";
fcntl($requests, F_SETFD, FD_CLOEXEC);
$_->autoflush(1) for $answers, *STDOUT, *STDERR;

sub answer { print {$answers} $_[0], "\n" or exit 1 }

my $first = <$requests>;
exit 0 unless defined $first;
my $init = $json->decode($first);
$ENV{$_} = $init->{env}{$_} for keys %{ $init->{env} };
chdir $init->{folder} or die "$init->{folder}: $!";
unshift @INC, $init->{folder};
my $file = "$init->{folder}/main__.pl";
if (!-f $file) {
    print STDERR "Zip file does not include main.pl\n";
    answer('{"ok":false,"check":true}');
    exit 0;
}
{
    local $@;
    my $loaded = do $file;
    if ($@) {
        (my $text = $@) =~ s/\Q$init->{folder}\E\///g;
        print STDERR $text;
        answer('{"ok":false,"check":true}');
        exit 0;
    }
}
my $action = main->can($init->{main});
if (!defined $action) {
    print STDERR "The action has no sub '$init->{main}'.\n";
    exit 1;
}
answer('{"ok":true}');

while (defined(my $line = <$requests>)) {
    my $payload = {};
    my $request = $json->decode($line);
    for my $name (keys %$request) {
        if ($name eq 'value') { $payload = $request->{value} }
        elsif (defined $request->{$name} && !ref $request->{$name}) { $ENV{ '__OW_' . uc $name } = $request->{$name} }
    }
    my $text = eval { $json->encode(scalar $action->($payload)) };
    if (!defined $text) {
        my $error = "$@";
        print STDERR $error;
        chomp $error;
        $error =~ s/ at \S+ line \d+\.$//;
        $text = $json->encode({ error => $error });
    }
    answer($text);
}
