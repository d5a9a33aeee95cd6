# A volume driver for tests: it answers every request alike, with the setting GREETING and its own file's owner
# in each volume's status.
use strict;
use IO::Socket::UNIX;

my $owner = join ":", (stat $0)[4, 5];
my $socket = IO::Socket::UNIX->new(Local => "/run/docker/plugins/sample.sock", Listen => 16) or die "no socket: $!";
while (my $connection = $socket->accept) {
    my $length = 0;
    while (my $line = <$connection>) {
        last if $line =~ /^\r?\n$/;
        $length = $1 if $line =~ /^content-length:\s*(\d+)/i;
    }
    read($connection, my $body, $length);
    my $name = $body =~ /"Name":"([^"]*)"/ ? $1 : "";
    my $answer = qq({"Err": "", "Mountpoint": "/data", "Capabilities": {"Scope": "local"}, "Volumes": [],
        "Volume": {"Name": "$name", "Mountpoint": "/data", "Status": {"greeting": "$ENV{GREETING}", "owner": "$owner"}}});
    print $connection "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ", length $answer, "\r\n\r\n$answer";
    close $connection;
}
