using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Tests.Docs;

/// <summary>Every command of the documentation is one that the host takes.</summary>
public sealed class CommandSnippetTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_in_blocks_can_be_typed(string page)
    {
        foreach (var call in Shell.Typed(Of(page)))
        {
            var parsed = RealHost.Commands.Parse(call.Words);
            Assert.True(parsed.Errors.Count == 0, $"{call.Place}: {call.Text}: {string.Join(' ', parsed.Errors.Select(e => e.Message))}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_in_sentences_have_those_names_and_options(string page)
    {
        foreach (var call in Shell.Named(Of(page)))
        {
            var unknown = RealHost.Commands.Parse(call.Words).UnmatchedTokens;
            Assert.True(unknown.Count == 0, $"{call.Place}: {call.Text}: there is no {string.Join(' ', unknown)}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pipelines_that_commands_name_take_what_the_commands_set(string page)
    {
        foreach (var call in Shell.Typed(Of(page)).Where(c => !c.Words.Contains("--plugins")))
        {
            var file = Values(call, "--pipeline").FirstOrDefault();
            if (file is null || call.Words[0] is not ("run" or "check")) continue;
            if (!file.StartsWith("pipelines/", StringComparison.Ordinal)) continue;
            try
            {
                RealHost.Pipelines.Read(Path.Combine(Repository.Root, file), [.. Values(call, "--set")]);
            }
            catch (UsageException e)
            {
                Assert.Fail($"{call.Place}: {call.Text}: {e.Message}");
            }
        }
    }

    [Theory]
    [InlineData("run --pipeline 'a b.yaml' --set x='[1, 2]'  # says so", "run", "--pipeline", "a b.yaml", "--set", "x=[1, 2]")]
    [InlineData("reference > docs/x.md", "reference")]
    public void Words_are_cut_as_a_shell_cuts_them(string line, params string[] words) => Assert.Equal(words, Shell.Words(line));

    [Fact]
    public void There_are_commands_to_look_at() => Assert.True(Page.All.Sum(p => Shell.Typed(p).Count()) > 40);

    private static Page Of(string name) => Page.All.Single(p => p.Name == name);

    private static IEnumerable<string> Values(HostCall call, string option) =>
        call.Words.Zip(call.Words.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second);
}
