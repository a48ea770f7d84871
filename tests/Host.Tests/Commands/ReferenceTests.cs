namespace PluginHost.Host.Tests.Commands;

/// <summary>The tables of docs/pipelines.md are what the code says.</summary>
public sealed class ReferenceTests
{
    private const string Begin = "<!-- reference: begin -->\n", End = "<!-- reference: end -->";

    [Fact]
    public void Every_key_and_option_stands_in_the_documentation()
    {
        var file = Path.Combine(Repository.Root, "docs", "pipelines.md");
        var reference = HostProcess.Run("plugins", "reference").Output;
        if (Environment.GetEnvironmentVariable("PLUGINHOST_APPROVE") == "1") File.WriteAllText(file, Replace(File.ReadAllText(file), reference));

        var document = File.ReadAllText(file);
        Assert.True(document == Replace(document, reference), "The reference in docs/pipelines.md is not what 'host plugins reference' says; run this test with PLUGINHOST_APPROVE=1 to bring it up to date.");
    }

    [Fact]
    public void Every_option_has_a_help_text() =>
        Assert.DoesNotContain(HostProcess.Run("plugins", "reference").Output.Split('\n'), line => line.EndsWith("|  |", StringComparison.Ordinal));

    private static string Replace(string document, string reference)
    {
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, document.IndexOf(End, StringComparison.Ordinal));
        return document[..begin] + reference + document[end..];
    }
}
