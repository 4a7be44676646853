using System.Numerics;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Tests.Generation;

/// <summary>Inputs of a statement: edges of their ranges, powers of two, small and large numbers.</summary>
internal static class RandomInputs
{
    /// <summary>A value of an interval.</summary>
    public static BigInteger Of(Interval interval, Random random)
    {
        var value = random.Next(6) switch
        {
            0 => interval.Low,
            1 => interval.High,
            2 => BigInteger.Zero,
            3 => random.Next(-100, 100),
            4 => (BigInteger.One << random.Next(0, 129)) * (random.Next(2) == 0 ? 1 : -1) + random.Next(-1, 2),
            _ => new BigInteger(random.NextInt64()) * random.NextInt64() >> random.Next(0, 126),
        };
        return BigInteger.Max(interval.Low, BigInteger.Min(interval.High, value));
    }

    /// <summary>Inputs of a statement's function by name, and what they are to direct evaluation.</summary>
    public static (Dictionary<string, Scalar> Inputs, Dictionary<LocalSymbol, object> Arguments) Of(
        BoundStatementDeclaration statement, IrFunction function, Random random)
    {
        var inputs = function.Inputs.ToDictionary(
            i => i.Name,
            i => i.Type.Kind == ScalarKind.Integer ? Scalar.Of(Of(i.Type.Interval, random)) : Scalar.Zero(i.Type.Kind),
            StringComparer.Ordinal);
        var arguments = new Dictionary<LocalSymbol, object>();
        foreach (var parameter in statement.Parameters)
        {
            var path = $"args.{parameter.Name}";
            arguments.Add(parameter, parameter.Type is ArrayType array
                ? Enumerable.Range(0, array.Length).Select(i => Number((NumberType)array.Element, inputs[$"{path}[{i}]"])).ToArray()
                : Number((NumberType)parameter.Type, inputs[path]));
        }

        return (inputs, arguments);
    }

    private static Rational Number(NumberType type, Scalar scalar) => new(scalar.Number, BigInteger.Pow(10, type.Places));
}
