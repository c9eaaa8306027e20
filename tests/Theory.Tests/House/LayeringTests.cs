using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Theory.Tests.House;

/// <summary>Who may know whom, downwards only: the layers of the house, read off the compiled meaning of every name in the sources.</summary>
public class LayeringTests
{
    private static readonly string[] Middle = ["Features", "Estimation", "Factorization", "Dynamics", "Spectra", "Exponents"];

    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Contract"] = ["Numerics"],
        ["Symbolics"] = ["Contract", "Numerics"],
        ["Hermite"] = ["Symbolics", "Contract", "Numerics"],
        ["Channels"] = ["Hermite", "Symbolics", "Contract", "Numerics"],
        ["Spectra"] = ["Channels", "Hermite", "Symbolics", "Contract", "Numerics"],
        ["Exponents"] = ["Channels", "Hermite", "Symbolics", "Contract", "Numerics"],
        ["Estimation"] = ["Channels", "Hermite", "Symbolics", "Contract", "Numerics"],
        ["Factorization"] = ["Channels", "Hermite", "Symbolics", "Contract", "Numerics"],
        ["Features"] = ["Spectra", "Channels", "Hermite", "Symbolics", "Contract", "Numerics"],
        ["Dynamics"] = ["Spectra", "Exponents", "Channels", "Hermite", "Symbolics", "Contract", "Numerics"],
        ["Systems"] = [.. Middle, "Channels", "Hermite", "Symbolics", "Contract", "Numerics"],
    };

    [Fact]
    public void Folders_of_the_library_know_only_the_layers_below_them()
    {
        var breaches = new SortedSet<string>();
        foreach (var (from, to, where) in References("src/Theory"))
            if (from != to && !MayKnow[from].Contains(to)) breaches.Add($"{from} knows {to} ({where})");
        Assert.Empty(breaches);
    }

    [Fact]
    public void The_ground_floor_knows_nothing_of_learning_theory()
    {
        var assembly = typeof(Theory.Numerics.FixedPoints.SolverStatus).Assembly;
        Assert.DoesNotContain(assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("Theory", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_plotting_knows_the_plotting_library_and_only_the_tool_knows_the_terminal()
    {
        Assert.DoesNotContain(typeof(Theory.Systems.Catalogue).Assembly.GetReferencedAssemblies(), a => a.Name is "ScottPlot" or "SkiaSharp" or "Theory.Plotting" or "Spectre.Console");
        Assert.DoesNotContain(typeof(Theory.Plotting.Figures).Assembly.GetReferencedAssemblies(), a => a.Name is "Theory.Cli" or "Spectre.Console" or "System.CommandLine");
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        foreach (var file in RepositoryFiles.Sources("src"))
        {
            var declared = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<FileScopedNamespaceDeclarationSyntax>().FirstOrDefault();
            if (declared is null) continue;   // a program's top-level statements
            var parts = Path.GetRelativePath(Path.Combine(RepositoryFiles.Root, "src"), Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar);
            var root = parts[0] == "Theory" ? "Theory" : "Theory." + parts[0];
            var expected = string.Join('.', parts.Skip(1).Prepend(root));
            // A system's own sub-folder shares its family's namespace.
            var family = string.Join('.', parts.Skip(1).Take(1).Prepend(root));
            Assert.True(declared.Name.ToString() == expected || declared.Name.ToString() == family, $"{file}: {declared.Name} is not {expected}");
        }
    }

    [Fact]
    public void No_type_bears_the_name_of_a_namespace()
    {
        var types = HouseTypes.Public.ToArray();
        var namespaces = types.Select(t => t.Namespace!.Split('.').Last()).ToHashSet();
        Assert.DoesNotContain(types, t => namespaces.Contains(t.Name));
    }

    private static IEnumerable<(string From, string To, string Where)> References(string folder)
    {
        var trees = RepositoryFiles.Sources(folder).Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), path: f)).ToArray();
        var usings = CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is not "Theory.dll")
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("layers", [.. trees, usings], references, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        foreach (var tree in trees)
        {
            var from = Path.GetRelativePath(Path.Combine(RepositoryFiles.Root, folder), tree.FilePath).Split(Path.DirectorySeparatorChar)[0];
            var model = compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var symbol = model.GetSymbolInfo(name).Symbol;
                var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                var parts = type?.ContainingNamespace.ToDisplayString().Split('.') ?? [];
                if (parts.Length >= 2 && parts[0] == "Theory") yield return (from, parts[1], $"{Path.GetFileName(tree.FilePath)}: {name}");
            }
        }
    }
}
