namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 4: machines, time and authority.</content>
public static partial class DiagnosticTable
{
}
