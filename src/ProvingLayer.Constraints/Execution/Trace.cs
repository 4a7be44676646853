using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Execution;

/// <summary>What is proved: the main columns of every table and the public values.</summary>
public sealed class Trace
{
    /// <summary>The trace with these tables.</summary>
    public Trace(ImmutableArray<Matrix> main, ImmutableArray<KoalaBear> publicValues, int logInstances)
    {
        Main = main;
        PublicValues = publicValues;
        LogInstances = logInstances;
    }

    /// <summary>The main columns of each of the circuit's tables, in their order.</summary>
    public ImmutableArray<Matrix> Main { get; }

    /// <summary>The public values.</summary>
    public ImmutableArray<KoalaBear> PublicValues { get; }

    /// <summary>log₂ of the number of instances.</summary>
    public int LogInstances { get; }
}
