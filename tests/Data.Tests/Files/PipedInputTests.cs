using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Piped;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Data.Tests.Files;

using Encoding = System.Text.Encoding;

/// <summary>What comes out of a pipe is read like a file, and waiting for it ends with the first signal.</summary>
public sealed class PipedInputTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose()
    {
        Interruptions.Token = CancellationToken.None;
        folder.Dispose();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    [InlineData("bgzip")]
    public void Fasta_and_tables_are_those_of_files(string packing)
    {
        byte[] Packed(string text) => packing switch
        {
            "gzip" => Pack.Gzip(Encoding.ASCII.GetBytes(text)),
            "bgzip" => Pack.Bgzip(Encoding.ASCII.GetBytes(text), 1000),
            _ => Encoding.ASCII.GetBytes(text),
        };
        var sequence = Dna.Random(300_000, 5);
        var fasta = FastaFile.Open(Fifo.With(folder["f"], Packed(Dna.Fasta([("a", sequence), ("b", "ACGT")]))), writeIndex: true);
        Assert.Equal(sequence[1000..2000], fasta.Read(fasta.Records[0], 1000, 1000));
        Assert.False(File.Exists(folder["f.fai"]));

        var table = Fifo.With(folder["t"], Packed($"sequence,label\n{sequence},1\nAC,0\n"));
        // Whatever is read again is there again.
        for (var pass = 0; pass < 2; pass++)
            Assert.Equal([sequence, "AC"], TableReader.Read(table, new(), [], true).Samples.Select(s => s.Sequence));
        Assert.Equal(DataFingerprint.Of(folder.Write("same", Packed($"sequence,label\n{sequence},1\nAC,0\n"))).Sha256,
            DataFingerprint.Of(table).Sha256);
    }

    [Fact]
    public void No_more_is_fetched_than_is_asked_for()
    {
        var (_, fill) = PipedInputs.Of(Fifo.With(folder["f"], new byte[8 << 20]));
        Assert.InRange(fill(1), 1, 1 << 20);
        Assert.Equal(8 << 20, fill(long.MaxValue));
    }

    [Fact]
    public void Nothing_in_it_is_empty_and_too_much_is_refused()
    {
        Assert.Contains("f is empty", Assert.Throws<DataException>(() => DataFile.Open(Fifo.With(folder["f"], []))).Message);
        var input = new PipedInput(Fifo.With(folder["g"], new byte[1 << 20]), limit: 1 << 19);
        Assert.Contains("TMPDIR", Assert.Throws<ResourceException>(() => input.Fill(long.MaxValue)).Message);
    }

    [Fact]
    public async Task Waiting_for_a_pipe_that_nobody_writes_ends_with_the_signal()
    {
        using var signal = new CancellationTokenSource();
        Interruptions.Token = signal.Token;
        var pipe = Fifo.Make(folder["f"]);
        var reading = Task.Run(() => DataFile.Open(pipe), TestContext.Current.CancellationToken);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(200, TestContext.Current.CancellationToken)));
        await signal.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Kinds_are_told_without_opening()
    {
        Assert.Equal(FileKind.Missing, FileKinds.Of(folder["x"]));
        Assert.Equal(FileKind.Folder, FileKinds.Of(folder.Root));
        Assert.Equal(FileKind.Regular, FileKinds.Of(folder.Write("x", "x")));
        Assert.Equal(FileKind.OneWay, FileKinds.Of(Fifo.Make(folder["f"])));
        Assert.Equal(FileKind.Device, FileKinds.Of("/dev/zero"));
        File.CreateSymbolicLink(folder["to-f"], folder["f"]);
        Assert.Equal(FileKind.OneWay, FileKinds.Of(folder["to-f"]));
    }
}
