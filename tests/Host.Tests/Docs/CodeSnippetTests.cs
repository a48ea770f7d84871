using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Tests.Docs;

/// <summary>The C# of the documentation compiles against the contract, the tensor library and the framework, without a warning.</summary>
public sealed class CodeSnippetTests
{
    /// <summary>What <c>ImplicitUsings</c> gives a project.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions language = new(LanguageVersion.Latest);

    public static TheoryData<string> Pages => [.. Page.All.Where(p => Code(p).Any()).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_blocks_of_a_page_compile_together(string name)
    {
        var blocks = Code(Page.All.Single(p => p.Name == name)).Select(b => (b.Text, b.ToString())).ToList();

        Assert.Empty(Complaints(blocks));
    }

    [Fact]
    public void A_wrong_block_would_be_found() =>
        Assert.Contains("here(1,25): error CS0246", Assert.Single(Complaints([("public sealed class X : ITokenizr;", "here")])));

    private static IEnumerable<Block> Code(Page page) => page.Blocks.Where(b => b.Language == "csharp");

    private static List<string> Complaints(IReadOnlyList<(string Text, string Place)> blocks)
    {
        var trees = blocks.Select(b => CSharpSyntaxTree.ParseText(b.Text, language, b.Place))
            .Prepend(CSharpSyntaxTree.ParseText(Usings, language)).ToList();
        // Statements alone are a program, anything else a library.
        var isProgram = trees.Any(t => t.GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement));
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            .WithNullableContextOptions(NullableContextOptions.Enable);
        return [.. CSharpCompilation.Create("Snippets", trees, References(), options).GetDiagnostics()
            .Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Select(d => d.ToString())];
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(f => Path.GetFileName(f) is var file && (file.StartsWith("System.", StringComparison.Ordinal)
                || file is "netstandard.dll" or "TorchSharp.dll" or "PluginHost.Abstractions.dll" or "PluginHost.Torch.dll"))
            .Select(f => MetadataReference.CreateFromFile(f));
}
