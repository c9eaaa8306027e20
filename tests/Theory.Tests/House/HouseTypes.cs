using System.Reflection;

namespace Theory.Tests.House;

/// <summary>The public types of all libraries.</summary>
internal static class HouseTypes
{
    public static Assembly[] Libraries { get; } =
    [
        typeof(Theory.Numerics.FixedPoints.SolverStatus).Assembly,
        typeof(Theory.Systems.Catalogue).Assembly,
        typeof(Theory.Plotting.Figures).Assembly,
    ];

    public static IEnumerable<Type> Public => Libraries.SelectMany(a => a.GetExportedTypes());
}
