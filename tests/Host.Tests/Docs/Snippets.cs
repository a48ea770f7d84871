using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PluginHost.Host.Tests.Docs;

/// <summary>Compiles code as a plugin's author would: against the contract, the tensor library and the framework.</summary>
internal static class Snippets
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

    /// <summary>Errors and warnings of texts that are compiled together, each with the place it is from.</summary>
    public static List<string> Complaints(IReadOnlyList<(string Text, string Place)> blocks)
    {
        var trees = blocks.Select(b => CSharpSyntaxTree.ParseText(b.Text, language, b.Place))
            .Prepend(CSharpSyntaxTree.ParseText(Usings, language)).ToList();
        // Statements alone are a program, anything else a library.
        var isProgram = trees.Any(t => t.GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement));
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            .WithNullableContextOptions(NullableContextOptions.Enable)
            // The framework is newer than the one a library was built with: the SDK does not mind either.
            .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);
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
