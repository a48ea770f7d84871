using PluginHost.Data.Tests.Sources;
using PluginHost.Host.Tests.Commands;

namespace PluginHost.Data.Tests.Tools;

/// <summary>A folder in which data tools are run in this process, through the command line's own options.</summary>
internal sealed class DataRun : IDisposable
{
    private readonly DataFolder folder = new();

    /// <summary>What was printed on standard output and said on standard error.</summary>
    public List<string> Said { get; } = [];

    public string this[string name] => folder[name];

    public string Root => folder.Root;

    public void Dispose() => folder.Dispose();

    public string Write(string name, string text) => folder.Write(name, text);

    public string Write(string name, params IEnumerable<(string Name, string Sequence)> records) => folder.Write(name, Dna.Fasta(records));

    public string[] Lines(string name) => File.ReadAllLines(folder[name]);

    /// <summary>The cells of a table without its header; none of them quoted.</summary>
    public IReadOnlyList<string[]> Rows(string name) => [.. Lines(name).Skip(1).Select(l => l.Split(','))];

    /// <summary>Runs <c>host data VERB ...</c>; <c>@name</c> stands for a file of the folder.</summary>
    public void Run(string verb, params string[] arguments) =>
        DataToolRunner.Run(verb, [.. arguments.Select(a => a.StartsWith('@') ? folder[a[1..]] : a)], Said);

    /// <summary>Runs, and gives the message of the failure.</summary>
    public string Fails<T>(string verb, params string[] arguments)
        where T : HostException
    {
        var before = Directory.EnumerateFileSystemEntries(folder.Root).Order().ToList();
        var failure = Assert.Throws<T>(() => Run(verb, arguments));
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder.Root).Order());
        return failure.Message.Replace(folder.Root + "/", "");
    }
}
