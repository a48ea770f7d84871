namespace PluginHost.Host.Tests.Docs;

/// <summary>The C# of the documentation compiles against the contract, the tensor library and the framework, without a warning.</summary>
public sealed class CodeSnippetTests
{
    public static TheoryData<string> Pages => [.. Page.All.Where(p => Code(p).Any()).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_blocks_of_a_page_compile_together(string name)
    {
        var blocks = Code(Page.All.Single(p => p.Name == name)).Select(b => (b.Text, b.ToString())).ToList();

        Assert.Empty(Snippets.Complaints(blocks));
    }

    [Fact]
    public void A_wrong_block_would_be_found() =>
        Assert.Contains("here(1,25): error CS0246", Assert.Single(Snippets.Complaints([("public sealed class X : ITokenizr;", "here")])));

    private static IEnumerable<Block> Code(Page page) => page.Blocks.Where(b => b.Language == "csharp");
}
