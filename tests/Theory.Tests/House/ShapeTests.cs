using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Theory.Contract;
using Theory.Systems;

namespace Theory.Tests.House;

/// <summary>The library's own shape.</summary>
public partial class ShapeTests
{
    public static TheoryData<string> SystemIds => [.. Catalogue.Default.Systems.Select(s => s.Id)];

    [Fact]
    public void Every_public_type_and_member_is_documented()
    {
        foreach (var assembly in HouseTypes.Libraries)
        {
            var documented = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .Where(m => m.Value.Trim().Length > 0 || m.Element("inheritdoc") is not null)
                .Select(m => m.Attribute("name")!.Value).ToHashSet();
            var missing = assembly.GetExportedTypes()
                .Where(t => !documented.Contains("T:" + t.FullName!.Replace('+', '.')))
                .Select(t => t.FullName);
            Assert.Empty(missing);
        }
    }

    [Fact]
    public void Models_and_predictions_are_immutable_records()
    {
        var types = HouseTypes.Public
            .Where(t => t is { IsAbstract: false, IsInterface: false })
            .Where(t => t.GetInterfaces().Any(i => i == typeof(IPrediction) || (i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IModel<,>))))
            .ToArray();
        Assert.True(types.Length >= 2 * Catalogue.Default.Systems.Length);
        foreach (var type in types)
        {
            Assert.True(type.IsSealed, $"{type} is not sealed");
            Assert.NotNull(type.GetMethod("<Clone>$"));   // a record
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
                Assert.True(property.SetMethod is null || IsInit(property.SetMethod), $"{type.Name}.{property.Name} can be changed");
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
                Assert.True(field.IsInitOnly, $"{type.Name}.{field.Name} can be changed");
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
                Assert.False(property.PropertyType.IsArray, $"{type.Name}.{property.Name} is an array, whose elements can be changed");
        }
    }

    [Theory]
    [MemberData(nameof(SystemIds))]
    public void A_system_has_prediction_source_docs_and_experiment_or_reason(string id)
    {
        var system = Catalogue.Default.Get(id);
        Assert.Matches(KebabCase(), system.Id);
        Assert.NotEmpty(system.Sources);
        Assert.All(system.Sources, s => Assert.True(s.Usage.Length > 0 && s.Authors.Length > 0));
        Assert.All(system.Parameters, p => Assert.Matches(SnakeCase(), p.Name));
        Assert.All(system.Observables, o => Assert.Matches(SnakeCase(), o.Name));
        Assert.Equal(system.Parameters.Length, system.Parameters.Select(p => p.Name).Distinct().Count());
        Assert.Equal(system.Observables.Length, system.Observables.Select(o => o.Name).Distinct().Count());

        var problem = Example(system);
        var outcome = problem.Predict();
        Assert.True(outcome.Diagnostics.IsConverged);
        Assert.Equal(system.Observables.Length, outcome.Outputs.Length);

        var experiment = problem.Experiment();
        Assert.True(experiment is null == system.NoExperimentReason is { Length: > 20 }, "either an experiment or a stated reason");
        Assert.True(experiment is null || system.Observables.Any(o => o.IsMeasured));

        var page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", system.Family + ".md"));
        Assert.Matches(new Regex($@"^##+ .*`{Regex.Escape(system.Id)}`", RegexOptions.Multiline), page);
        foreach (var name in system.Parameters.Select(p => p.Name).Concat(system.Observables.Select(o => o.Name)))
            Assert.True(page.Contains($"`{name}`"), $"docs/{system.Family}.md does not tell of {name}");
    }

    [Theory]
    [MemberData(nameof(SystemIds))]
    public void An_experiment_measures_what_it_says_and_repeats_itself(string id)
    {
        var system = Catalogue.Default.Get(id);
        if (Example(system).Experiment() is not { } experiment) return;
        if (Record.Exception(() => experiment.Run(experiment.MinimumSize, 5)) is InvalidInputException { Parameter: { } needed })
            experiment = Example(system).With(needed, system.Parameters.Single(p => p.Name == needed).Example).Experiment()!;
        var (first, second) = (experiment.Run(experiment.MinimumSize, 5), experiment.Run(experiment.MinimumSize, 5));
        var measured = system.Observables.Where(o => o.IsMeasured).Select(o => o.Name).Order();
        Assert.Equal(measured, first.Keys.Order());
        Assert.All(first.Keys, k => Assert.Equal(first[k], second[k]));
    }

    [Fact]
    public void Solvers_and_models_of_every_system_share_the_cast_of_names()
    {
        foreach (var model in HouseTypes.Public.Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IModel<,>))))
        {
            Assert.EndsWith("Model", model.Name);
            var stem = model.FullName![..^"Model".Length];
            var prediction = model.Assembly.GetType(stem + "Prediction");
            Assert.NotNull(prediction);
            Assert.NotNull(prediction.GetMethod("Solve", BindingFlags.Static | BindingFlags.Public));
        }
    }

    [Fact]
    public void There_is_no_static_state_that_can_change()
    {
        var fields = HouseTypes.Libraries.SelectMany(a => a.GetTypes())
            .Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute), false) && !t.FullName!.Contains('<'))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsInitOnly && !f.IsLiteral && !f.Name.StartsWith('<') && !f.IsDefined(typeof(CompilerGeneratedAttribute), false))
            // The process-wide choice of the linear algebra backend is MathNet's.
            .Where(f => f.DeclaringType!.Namespace != "Theory.Numerics.LinearAlgebra")
            .Select(f => $"{f.DeclaringType!.FullName}.{f.Name}");
        Assert.Empty(fields);
    }

    [Fact]
    public void Source_files_stay_readable()
    {
        var long_ = RepositoryFiles.Sources("src").Where(f => File.ReadLines(f).Count() > 600).Select(Path.GetFileName);
        Assert.Empty(long_);
    }

    private static IProblem Example(ISystem system) =>
        system.Create(system.Parameters.Where(p => p.IsRequired).ToDictionary(p => p.Name, p => p.Example));

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
